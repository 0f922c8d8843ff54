/**
 * The file for an addressee who accepted on the outline: a device of the sending team gives it by
 * itself once it sees the acceptance; this is for whoever does not want to wait for that.
 */
import type { AddresseeView, HandoffView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

interface ReleaseProps {
  readonly view: HandoffView;
  readonly one: AddresseeView;
  readonly onDone: () => void;
}

export function ReleaseFile({ view, one, onDone }: ReleaseProps) {
  const act = useAct();
  const words = w().ways;
  const release = async (): Promise<void> => {
    await face.release(view.id, one.party.member);
    await handoffs().refresh();
    onDone();
  };
  return (
    <div class="no-print">
      <p>{words.releaseHint}</p>
      <TroubleLine trouble={act.trouble.value} />
      <ActButton
        act={act}
        look="second"
        icon="send"
        busyWord={busyWord()}
        onAct={() => void act.run(release)}
      >
        {words.release}
      </ActButton>
    </div>
  );
}
