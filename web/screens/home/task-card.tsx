/** One item of a plan that awaits me: what, for whom, until when; taken or ticked in place. */
import type { HandoffView, TaskView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { partyName } from '../../components/party-name.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { patientShort } from '../../state/handoff.reading.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { isShown, paths } from '../../state/place.state.js';
import { deadline } from '../../words/times.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { sealedSentence } from '../story/sealed.js';

interface TaskCardProps {
  readonly view: HandoffView;
  readonly task: TaskView;
}

export function TaskCard({ view, task }: TaskCardProps) {
  const words = w();
  const isBack = task.phase === 'declined';
  const late = task.late || (task.due !== null && task.due <= now.value);
  const isRed = late || isBack;
  const title = task.title.state === 'open' ? task.title.value : sealedSentence(task.title);
  return (
    <article class={isRed ? 'card card-late' : 'card'}>
      <a
        class="card-link"
        href={paths.handoff(view.id)}
        aria-current={isShown(view.id) ? 'page' : undefined}
      >
        <h3>
          {title}
          <span>{words.board.taskFor(patientShort(view, now.value))}</span>
        </h3>
        <p>{isBack ? words.board.taskBack(partyName(task.owner)) : partyName(view.sender)}</p>
      </a>
      <p class="card-state">
        <StateMark
          tone={isRed ? 'late' : 'pending'}
          shape={isRed ? 'alert' : 'ring'}
          word={late ? words.story.states.late : words.board.task}
        />
        {task.due !== null && <span>{words.board.before(deadline(task.due, now.value))}</span>}
      </p>
      {isBack ? (
        <a class="second" href={paths.handoff(view.id)}>
          {words.board.seeStory}
        </a>
      ) : (
        <TaskActs view={view} task={task} title={title} />
      )}
    </article>
  );
}

function TaskActs({ view, task, title }: TaskCardProps & { readonly title: string }) {
  const act = useAct();
  const words = w().board;
  const doing = (run: () => Promise<void>, said: string): void => {
    void act.run(async () => {
      await run();
      announce(said);
      await handoffs().refresh();
    });
  };
  const take = (): void => doing(() => face.acceptTask(view.id, task.task, ''), words.taskTaken);
  const finish = (): void => doing(() => face.taskDone(view.id, task.task, ''), words.taskDoneSaid);
  return (
    <div class="answer">
      <div class="answer-acts">
        {task.acts.includes('accept') && (
          <ActButton
            act={act}
            icon="check"
            busyWord={busyWord()}
            label={`${words.taskTake} : ${title}`}
            onAct={take}
          >
            {words.taskTake}
          </ActButton>
        )}
        {task.acts.includes('done') && (
          <ActButton
            act={act}
            look="second"
            icon="checks"
            busyWord={busyWord()}
            label={`${words.taskDone} : ${title}`}
            onAct={finish}
          >
            {words.taskDone}
          </ActButton>
        )}
      </div>
      <TroubleLine trouble={act.trouble.value} />
    </div>
  );
}
