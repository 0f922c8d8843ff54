/** Handoffs being prepared on this device: one tap takes each up where it was left. */
import type { HandoffDraft } from '@liaison/sdk/face';
import { now } from '../../state/clock.state.js';
import { paths } from '../../state/place.state.js';
import { relativeTime } from '../../words/times.js';
import { w } from '../../words/words.js';

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
            </span>
            <span class="row-line">{words.savedAt(relativeTime(draft.savedAt, now.value))}</span>
          </a>
        );
      })}
    </section>
  );
}
