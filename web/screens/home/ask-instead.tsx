/**
 * Asking another of the same trade in one tap, from the board. The button names who will be asked:
 * it is the one who gets the letter.
 */
import type { AddresseeView, HandoffView } from '@liaison/sdk/face';
import { ActButton } from '../../components/act-button.js';
import { partyName } from '../../components/party-name.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { partyOf, suggested } from '../../state/party.state.js';
import { standInFor } from '../../state/stand-in.reading.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { dueAgain } from '../story/due-again.js';

interface AskInsteadProps {
  readonly view: HandoffView;
  readonly from: AddresseeView;
  readonly now: number;
}

export function AskInstead({ view, from, now }: AskInsteadProps) {
  const act = useAct();
  const words = w().board;
  const asked = view.addressees.map(({ party }) => party.member);
  const others = suggested(view.sender.member, '').map(partyOf);
  const other = standInFor(from.party, others, [...asked, view.sender.member]);
  if (other === null) return null;
  const ask = async (): Promise<void> => {
    await face.reassign(view.id, from.party.member, other.member, dueAgain(from.due, view, now));
    announce(words.askedInstead(partyName(other)));
    await handoffs().refresh();
  };
  return (
    <div class="ask-instead">
      <ActButton
        act={act}
        look="second"
        icon="arrow"
        busyWord={busyWord()}
        onAct={() => void act.run(ask)}
      >
        {words.askInstead(partyName(other))}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </div>
  );
}
