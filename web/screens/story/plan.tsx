/** The plan: each task with its owner and time; whoever owns one ticks it. */
import { partyName } from '../../components/party-name.js';
import type { HandoffView, SessionView, TaskView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { membersOf } from '../../state/board.reading.js';
import { now } from '../../state/clock.state.js';
import { exactTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { absentName } from '../absent/absentee.reading.js';
import { Sealed, sealedSentence } from './sealed.js';

interface PlanProps {
  readonly view: HandoffView;
  readonly session: SessionView;
  readonly onChange: () => void;
}

export function Plan({ view, session, onChange }: PlanProps) {
  const words = w().story;
  const mine = membersOf(session);
  const own = (task: TaskView): boolean => mine.has(task.owner.member);
  return (
    <section aria-labelledby="plan">
      <h2 id="plan">{words.plan}</h2>
      {view.tasks.length === 0 && <p class="hint">{words.noPlan}</p>}
      <ul class="tasks">
        {view.tasks.map((task) => (
          <Task
            key={task.task}
            task={task}
            owner={ownerName(view, task)}
            mayTick={view.phase === 'sent' && own(task)}
            onTick={() => face.taskDone(view.id, task.task, '').then(onChange)}
          />
        ))}
      </ul>
    </section>
  );
}

/** Meant for somebody without an account: their name says more than the team that keeps it. */
function ownerName({ absentees }: HandoffView, { task, owner, phase }: TaskView): string {
  const meant = absentees.find(({ who, phase: theirs }) => {
    return theirs === 'awaited' && who.state === 'open' && who.value.tasks.includes(task);
  });
  if (meant === undefined || phase !== 'offered') return partyName(owner);
  return `${absentName(meant)} (${w().absent.here})`;
}

interface TaskProps {
  readonly task: TaskView;
  readonly owner: string;
  readonly mayTick: boolean;
  readonly onTick: () => Promise<void>;
}

function Task({ task, owner, mayTick, onTick }: TaskProps) {
  const act = useAct();
  const words = w().story;
  const { doneAt } = task;
  const doer = task.doneBy?.name ?? partyName(task.owner);
  const when = task.due === null ? '' : ` · ${exactTime(task.due, now.value)}`;
  const title = task.title.state === 'open' ? task.title.value : sealedSentence(task.title);
  return (
    <li class={doneAt === null ? undefined : 'task-done'}>
      <div class="addressee-head">
        <Sealed of={task.title}>{(text) => <b>{text}</b>}</Sealed>
        <TaskMark task={task} />
      </div>
      {task.detail !== '' && <p class="clinical">{task.detail}</p>}
      <p>
        {words.taskFor(owner)}
        {when}
      </p>
      {doneAt !== null && <p>{words.taskDoneBy(doer, exactTime(doneAt, now.value))}</p>}
      {doneAt === null && mayTick && (
        <ActButton
          act={act}
          look="second"
          icon="check"
          label={`${words.taskDo} : ${title}`}
          onAct={() => void act.run(onTick)}
        >
          {words.taskDo}
        </ActButton>
      )}
      <TroubleLine trouble={act.trouble.value} />
    </li>
  );
}

function TaskMark({ task }: { readonly task: TaskView }) {
  const words = w().story.states;
  if (task.doneAt !== null) return <StateMark tone="done" shape="check" word={words.done} />;
  if (task.phase === 'dropped') {
    return <StateMark tone="quiet" shape="cross" word={w().ends.dropped} />;
  }
  const late = task.due !== null && task.due <= now.value;
  return late ? <StateMark tone="late" shape="alert" word={words.late} /> : null;
}
