/** Cancelling: the reason is the confirmation, and every team that was told sees it. */
import type { CancelReason, HandoffKindName } from '@liaison/contract/handoff';
import { CANCEL_REASONS } from '@liaison/contract/handoff.lists';
import { useState } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import type { EndSheetProps } from './close-sheet.js';
import { cancelWord } from './reason.words.js';

interface CancelProps extends EndSheetProps {
  readonly kind: HandoffKindName;
}

export function CancelSheet({ id, kind, onClose, onDone }: CancelProps) {
  const [note, setNote] = useState('');
  const act = useAct();
  const words = w();
  const cancel = async (reason: CancelReason): Promise<void> => {
    if (!(await act.run(() => face.cancel(id, reason, note.trim())))) return;
    await handoffs().refresh();
    onDone();
    onClose();
  };
  return (
    <Sheet title={words.story.cancelWhy} onClose={onClose}>
      <p>{words.story.cancelHint}</p>
      <Field label={words.home.note} lines={2} value={note} onValue={setNote} />
      <div class="reasons">
        {CANCEL_REASONS.map((reason) => (
          <button key={reason} type="button" class="danger" onClick={() => void cancel(reason)}>
            {cancelWord(kind, reason)}
          </button>
        ))}
      </div>
      <TroubleLine trouble={act.trouble.value} />
    </Sheet>
  );
}
