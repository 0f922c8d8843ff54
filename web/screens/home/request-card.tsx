/** One request that awaits my answer: who asks what before when, and the two answers in place. */
import { partyName } from '../../components/party-name.js';
import type { HandoffView } from '@liaison/sdk/face';
import { Instant } from '../../components/instant.js';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { actOf, patientShort } from '../../state/handoff.reading.js';
import { isLate, mineUnanswered } from '../../state/handoff.standing.js';
import { isShown, paths } from '../../state/place.state.js';
import { deadline, isNear } from '../../words/times.js';
import { w } from '../../words/words.js';
import { AnswerBar } from '../story/answer-bar.js';

const SHOWN = 3;

/** "pansement, INR · 2 traitements arrêtés": what taking it means, where it is ours to read. */
function plannedOf({ tasks, letter }: HandoffView): string {
  const { items, stopped } = w().board;
  const titles = tasks.flatMap(({ title }) => (title.state === 'open' ? [title.value] : []));
  const lines = letter.state === 'open' ? letter.value.treatments : [];
  const ended = lines.filter(({ status }) => status === 'stopped').length;
  const shown = titles.slice(0, SHOWN);
  return [
    ...(shown.length > 0 ? [items(shown, titles.length - shown.length)] : []),
    ...(ended > 0 ? [stopped(ended)] : []),
  ].join(' · ');
}

/** What it is, where, and whether somebody else may be first. */
function aboutKind({ kind, outline, exclusive }: HandoffView): string {
  const words = w();
  const town = outline.state === 'open' ? outline.value.town : '';
  const parts = [words.board.kinds[kind], town, exclusive ? words.ask.firstTakes : ''];
  return parts.filter((text) => text !== '').join(' · ');
}

export function RequestCard({ view }: { readonly view: HandoffView }) {
  const words = w();
  const [asked] = mineUnanswered(view);
  const late = asked !== undefined && isLate(asked, now.value);
  const due = asked?.due ?? view.due;
  const who = patientShort(view, now.value);
  const act = actOf(view);
  const planned = plannedOf(view);
  return (
    <article class={late ? 'card card-late' : 'card'}>
      <a
        class="card-link"
        href={paths.handoff(view.id)}
        aria-current={isShown(view.id) ? 'page' : undefined}
      >
        <h3>
          {`${words.board.kinds[view.kind]} · ${who}`}
          {act !== '' && act !== who && <span> {act}</span>}
        </h3>
        <p>{partyName(view.sender)}</p>
        <p>{aboutKind(view)}</p>
        {planned !== '' && <p>{planned}</p>}
      </a>
      <Awaited due={due} late={late} urgency={view.urgency} />
      <AnswerBar view={view} />
    </article>
  );
}

interface AwaitedProps extends Pick<HandoffView, 'urgency'> {
  readonly due: number;
  readonly late: boolean;
}

/** Until when an answer is awaited, or since when it is late. */
function Awaited({ due, late, urgency }: AwaitedProps) {
  const { home, story } = w();
  const when = deadline(due, now.value);
  return (
    <p class="card-state">
      <StateMark
        tone={late ? 'late' : 'pending'}
        shape={late ? 'alert' : 'ring'}
        word={late ? story.states.late : story.urgencies[urgency]}
      />
      <span>
        {late ? home.lateSince(when) : home.before(when)}
        {!late && isNear(due, now.value) && (
          <small>
            <Instant at={due} />
          </small>
        )}
      </span>
    </p>
  );
}
