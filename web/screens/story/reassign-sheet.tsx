/** Asking another instead: the same search as in the composer, and one tap on the answer. */
import { partyName } from '../../components/party-name.js';
import type { AddresseeView, HandoffView, PartyView } from '@liaison/sdk/face';
import { Sheet } from '../../components/sheet.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useAct } from '../../state/act.state.js';
import { now } from '../../state/clock.state.js';
import { handoffs } from '../../state/lists.state.js';
import { suggested } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { PartySearch } from '../composer/party-search.js';
import { Suggestions } from '../composer/suggestions.js';
import { dueAgain } from './due-again.js';

interface ReassignProps {
  readonly view: HandoffView;
  readonly from: AddresseeView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ReassignSheet({ view, from, onClose, onDone }: ReassignProps) {
  const act = useAct();
  const words = w().story;
  const chosen = view.addressees.map(({ party }) => party.member);
  const others = suggested(view.sender.member, '').filter((member) => !chosen.includes(member));
  const ask = async ({ member }: Pick<PartyView, 'member'>): Promise<void> => {
    const due = dueAgain(from.due, view, now.value);
    const done = await act.run(() => face.reassign(view.id, from.party.member, member, due));
    if (!done) return;
    await handoffs().refresh();
    onDone();
    onClose();
  };
  return (
    <Sheet title={words.reassign} onClose={onClose}>
      <p>{words.reassignTo(partyName(from.party))}</p>
      <Suggestions
        members={others}
        say={words.askParty}
        onChoose={(member) => void ask({ member })}
      />
      <PartySearch chosen={chosen} hint="" onChoose={(party) => void ask(party)} />
      <TroubleLine trouble={act.trouble.value} />
    </Sheet>
  );
}
