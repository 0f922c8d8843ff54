/** The plan: who does what by when. Naming somebody here also asks them: they join "À qui". */
import type { MemberId } from '@liaison/contract/ids';
import type { NewAbsentee, NewTask } from '@liaison/sdk/face';
import { useId } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { Icon } from '../../components/icon.js';
import { InstantField } from '../../components/instant-field.js';
import { nameOf, offered } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import type { Editing } from './draft.editing.js';
import { Part } from './part.js';

export function PlanPart({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const { tasks, to, from, absentees = [] } = editing.draft.value;
  const put = (changed: readonly NewTask[]): void => {
    const owners = changed.map(({ owner }) => owner).filter((owner) => owner !== from);
    editing.change({ tasks: changed, to: [...new Set([...to, ...owners])] });
  };
  const add = (): void =>
    put([...tasks, { title: '', detail: '', owner: to[0] ?? from, due: null }]);
  return (
    <Part id="part-plan" title={words.plan} hint={words.planHint}>
      {tasks.map((task, index) => (
        <TaskEditor
          key={index}
          task={task}
          owners={[...new Set([from, ...to, ...offered(from)])]}
          from={from}
          absentees={absentees}
          onTask={(changed) => put(tasks.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => put(tasks.filter((_, at) => at !== index))}
        />
      ))}
      <button type="button" class="second" onClick={add}>
        <Icon name="plus" />
        {words.addTask}
      </button>
    </Part>
  );
}

interface TaskProps {
  readonly task: NewTask;
  readonly owners: readonly MemberId[];
  readonly from: MemberId;
  readonly absentees: readonly NewAbsentee[];
  readonly onTask: (task: NewTask) => void;
  readonly onRemove: () => void;
}

function TaskEditor({ task, owners, from, absentees, onTask, onRemove }: TaskProps) {
  /** An item for somebody without an account is its sender's until somebody takes it. */
  const ownerIn = (value: string): Pick<NewTask, 'owner' | 'absentee'> => {
    const absent = absentees.find(({ absentee }) => absentee === value)?.absentee ?? null;
    return { owner: absent === null ? (value as MemberId) : from, absentee: absent };
  };
  const words = w().composer;
  const id = useId();
  return (
    <fieldset class="line">
      <legend class="unseen">{task.title === '' ? words.taskTitle : task.title}</legend>
      <div class="line-head">
        <Field
          label={words.taskTitle}
          value={task.title}
          onValue={(title) => onTask({ ...task, title })}
        />
        <button
          type="button"
          class="plain round"
          aria-label={words.removeTask(task.title)}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="pair">
        <div class="field">
          <label for={id}>{words.taskOwner}</label>
          <select
            id={id}
            value={task.absentee ?? task.owner}
            onChange={(event) => onTask({ ...task, ...ownerIn(event.currentTarget.value) })}
          >
            {owners.map((owner) => (
              <option key={owner} value={owner}>
                {nameOf(owner)}
              </option>
            ))}
            {absentees.map(({ absentee, name }) => (
              <option key={absentee} value={absentee}>
                {`${name} (${w().absent.here})`}
              </option>
            ))}
          </select>
        </div>
        <InstantField
          label={words.taskDue}
          optional={true}
          value={task.due}
          onValue={(due) => onTask({ ...task, due })}
        />
      </div>
    </fieldset>
  );
}
