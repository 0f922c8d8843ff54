/** Handoffs being prepared on this device: one tap takes each up where it was left. */
import type { Uuid } from '@liaison/contract/ids';
import type { HandoffDraft } from '@liaison/sdk/face';
import { StateMark } from '../../components/state-mark.js';
import { now } from '../../state/clock.state.js';
import { paths } from '../../state/place.state.js';
import { relativeTime } from '../../words/times.js';
import { w } from '../../words/words.js';
import { departureOf } from '../../state/departure.state.js';

export function DraftList({ drafts }: { readonly drafts: readonly HandoffDraft[] }) {
  const words = w().home;
  if (drafts.length === 0) return null;
  const newest = [...drafts].sort((a, b) => b.savedAt - a.savedAt);
  return (
    <section>
      <h2>{words.drafts}</h2>
      {newest.map((draft) => {
        const { birthName, usualName } = draft.letter.patient;
        const name = usualName || birthName;
        return (
          <a key={draft.id} class="row" href={paths.compose(draft.id)}>
            <span class="row-head">
              <b>{name === '' ? words.draftNobody : words.draftOf(name)}</b>
              <Departure draft={draft.id} />
            </span>
            <span class="row-line">{words.savedAt(relativeTime(draft.savedAt, now.value))}</span>
          </a>
        );
      })}
    </section>
  );
}

/** Sent by the person: on its way until the server has it, or refused and to be mended. */
function Departure({ draft }: { readonly draft: Uuid }) {
  const words = w().talk;
  const departure = departureOf(draft);
  if (departure === null) return null;
  return departure.refusal === null ? (
    <StateMark tone="pending" shape="clock" word={words.sending} />
  ) : (
    <StateMark tone="late" shape="cross" word={words.refused} />
  );
}
