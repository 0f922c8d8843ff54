/** Closing asks once, because nobody can answer afterwards. */
import type { CircleId } from '@liaison/contract/ids';
import { ActButton } from '../../components/act-button.js';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

export interface EndSheetProps {
  readonly id: CircleId;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function CloseSheet({ id, onClose, onDone }: EndSheetProps) {
  const act = useAct();
  const words = w().story;
  const close = async (): Promise<void> => {
    if (!(await act.run(() => face.close(id)))) return;
    await handoffs().refresh();
    onDone();
    onClose();
  };
  return (
    <Sheet title={words.closeSure} onClose={onClose}>
      <p>{words.closeHint}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton act={act} onAct={() => void close()}>
        {words.closeIt}
      </ActButton>
    </Sheet>
  );
}
