/** One request that awaits my answer: who asks what before when, and the two answers in place. */
import { partyName } from '../../components/party-name.js';
import type { HandoffView } from '@liaison/sdk/face';
import { Instant } from '../../components/instant.js';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { actOf, isLate, mineUnanswered, patientShort } from '../../state/handoff.reading.js';
import { isShown, paths } from '../../state/place.state.js';
import { deadline, isNear } from '../../words/times.js';
import { w } from '../../words/words.js';
import { AnswerBar } from '../story/answer-bar.js';

export function RequestCard({ view }: { readonly view: HandoffView }) {
  const words = w();
  const [asked] = mineUnanswered(view);
  const late = asked !== undefined && isLate(asked, now.value);
  const due = asked?.due ?? view.due;
  const who = patientShort(view, now.value);
  const act = actOf(view);
  return (
    <article class={late ? 'card card-late' : 'card'}>
      <a
        class="card-link"
        href={paths.handoff(view.id)}
        aria-current={isShown(view.id) ? 'page' : undefined}
      >
        <h3>
          {who}
          {act !== '' && act !== who && <span> {act}</span>}
        </h3>
        <p>{partyName(view.sender)}</p>
      </a>
      <p class="card-state">
        <StateMark
          tone={late ? 'late' : 'pending'}
          shape={late ? 'alert' : 'ring'}
          word={late ? words.story.states.late : words.story.urgencies[view.urgency]}
        />
        <span>
          {late
            ? words.home.lateSince(deadline(due, now.value))
            : words.home.before(deadline(due, now.value))}
          {!late && isNear(due, now.value) && (
            <small>
              <Instant at={due} />
            </small>
          )}
        </span>
      </p>
      <AnswerBar view={view} />
    </article>
  );
}
