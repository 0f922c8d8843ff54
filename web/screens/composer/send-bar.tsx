/**
 * The one button. It says what is missing and leads there; when nothing is, it says to how many it
 * goes. A letter that lacks rubrics leaves only with a stated reason.
 */
import { INCOMPLETE_REASONS } from '@liaison/contract/handoff.lists';
import { missingRubrics } from '@liaison/contract/letter';
import { ActButton } from '../../components/act-button.js';
import { Choice } from '../../components/choice.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { drafts, handoffs } from '../../state/lists.state.js';
import { go, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { Trouble } from '../../worker/trouble.js';
import { departureOf, leavesLater } from '../../state/departure.state.js';
import { blockerOf } from './draft.blocker.js';
import type { Editing } from './draft.editing.js';
import { leadTo } from './lead.js';

export function SendBar({ editing }: { readonly editing: Editing }) {
  const act = useAct();
  const words = w().composer;
  const draft = editing.draft.value;
  const blocker = blockerOf(draft, now.value);
  const refusal = departureOf(draft.id)?.refusal ?? null;
  const refused = refusal === null || act.busy.value ? null : new Trouble(refusal);
  const send = async (): Promise<void> => {
    await editing.settled();
    const draft = editing.draft.value;
    const sending = face.sendHandoff(draft);
    // Once it is kept for later, what becomes of it shows at the draft itself.
    sending.catch(() => undefined);
    const id = await Promise.race([sending, leavesLater(draft.id)]);
    if (id === undefined) {
      announce(words.leavesLater);
      await drafts().refresh();
      go(paths.home, 'replace');
      return;
    }
    announce(words.sent(draft.to.length));
    await Promise.all([handoffs().refresh(), drafts().refresh()]);
    go(paths.handoff(id), 'replace');
  };
  const press = (): void => {
    if (blocker !== null) leadTo(blocker.target);
    else void act.run(send);
  };
  return (
    <>
      <IncompleteReason editing={editing} />
      <div class="send-bar">
        <TroubleLine trouble={act.trouble.value ?? refused} />
        <ActButton
          act={act}
          look={blocker === null ? 'primary' : 'second'}
          icon={blocker === null ? 'send' : 'alert'}
          busyWord={words.sending}
          onAct={press}
        >
          {blocker === null ? words.send(draft.to.length) : blocker.word}
        </ActButton>
      </div>
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
