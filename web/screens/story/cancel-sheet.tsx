/**
 * Ending before the time: the reason decides what follows (EARLY_ENDS). Where nothing is left to
 * do, it is the confirmation; what was sent by mistake is taken back, which asks once more.
 */
import type { CancelReason, RecallReason } from '@liaison/contract/handoff';
import { CANCEL_REASONS, EARLY_ENDS, RECALL_REASONS } from '@liaison/contract/handoff.lists';
import type { HandoffView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { cancelWord } from './reason.words.js';

interface CancelProps {
  readonly view: HandoffView;
  readonly onClose: () => void;
  readonly onRecall: (reason: RecallReason) => void;
  readonly onDone: () => void;
}

const isRecall = (reason: CancelReason): reason is CancelReason & RecallReason =>
  EARLY_ENDS[reason].step === 'recall' && (RECALL_REASONS as readonly string[]).includes(reason);

export function CancelSheet({ view, onClose, onRecall, onDone }: CancelProps) {
  const [note, setNote] = useState('');
  const act = useAct();
  const words = w();
  const cancel = async (reason: CancelReason): Promise<void> => {
    if (!(await act.run(() => face.cancel(view.id, reason, note.trim())))) return;
    await handoffs().refresh();
    onDone();
    onClose();
  };
  return (
    <Sheet title={words.ends.why} onClose={onClose}>
      <h3>{words.ends.byMistake}</h3>
      <p>{words.ends.byMistakeHint}</p>
      <div class="reasons">
        {CANCEL_REASONS.filter(isRecall).map((reason) => (
          <button key={reason} type="button" class="danger" onClick={() => onRecall(reason)}>
            {cancelWord(view.kind, reason)}
          </button>
        ))}
      </div>
      <h3>{words.ends.overTaken}</h3>
      <p>{words.ends.overTakenHint}</p>
      <Field label={words.home.note} lines={2} value={note} onValue={setNote} />
      <div class="reasons">
        {CANCEL_REASONS.filter((reason) => !isRecall(reason)).map((reason) => (
          <button key={reason} type="button" class="second" onClick={() => void cancel(reason)}>
            {cancelWord(view.kind, reason)}
          </button>
        ))}
      </div>
      <p class="hint">{words.story.cancelHint}</p>
      <TroubleLine trouble={act.trouble.value} />
    </Sheet>
  );
}
