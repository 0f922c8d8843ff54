/** What is left for me to do once I took it: say that it is done, or that I cannot after all. */
import type { HandoffView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

interface MyPartProps {
  readonly view: HandoffView;
  readonly onChange: () => void;
}

export function MyPart({ view, onChange }: MyPartProps) {
  const act = useAct();
  const taken = view.addressees.find(
    ({ party, phase }) => phase === 'accepted' && view.mine.includes(party.member),
  );
  if (taken === undefined || !view.acts.includes('done')) return null;
  const finish = async (): Promise<void> => {
    await face.done(view.id, taken.party.member, '');
    await handoffs().refresh();
    onChange();
  };
  return (
    <div class="acts no-print">
      <ActButton
        act={act}
        look="second"
        icon="checks"
        busyWord={busyWord()}
        onAct={() => void act.run(finish)}
      >
        {w().story.markDone}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </div>
  );
}
