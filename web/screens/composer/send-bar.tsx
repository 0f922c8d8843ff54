/** What sends a discharge. A letter that lacks rubrics leaves only with a stated reason. */
import { INCOMPLETE_REASONS } from '@liaison/contract/handoff.lists';
import { missingRubrics } from '@liaison/contract/letter';
import { Choice } from '../../components/choice.js';
import { now } from '../../state/clock.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { askedIn, blockerOf } from './draft.blocker.js';
import type { Editing } from './draft.editing.js';
import { LeaveBar } from './leave-bar.js';

export function SendBar({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const draft = editing.draft.value;
  return (
    <>
      <IncompleteReason editing={editing} />
      <LeaveBar
        id={draft.id}
        blocker={blockerOf(draft, now.value)}
        word={words.send(askedIn(draft))}
        gone={words.sent(askedIn(draft))}
        settled={editing.settled}
        leave={() => face.sendHandoff(editing.draft.value)}
      />
    </>
  );
}

function IncompleteReason({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const { letter, incompleteReason } = editing.draft.value;
  if (missingRubrics(letter).length === 0) return null;
  const { incompleteReasons: reasons } = words;
  return (
    <details class="fold" open={incompleteReason !== null}>
      <summary>{words.incompleteTitle}</summary>
      <p class="hint">{words.incompleteHint}</p>
      <Choice
        legend={words.incompleteTitle}
        quiet={true}
        options={INCOMPLETE_REASONS.map((reason) => [reason, reasons[reason]] as const)}
        value={incompleteReason}
        onValue={(reason) => editing.change({ incompleteReason: reason })}
      />
    </details>
  );
}
