/** To whom: those chosen, a few suggestions at one tap each, and the search. */
import type { MemberId } from '@liaison/contract/ids';
import { isOwnDoctor, nameOf, partyOf, remember, suggested } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import { ChosenParties } from './chosen-parties.js';
import type { Editing } from './draft.editing.js';
import { Part } from './part.js';
import { PartySearch } from './party-search.js';
import { Suggestions } from './suggestions.js';

export function AddresseePart({ editing }: { readonly editing: Editing }) {
  const words = w().composer;
  const { to, from, tasks, letter } = editing.draft.value;
  const add = (member: MemberId): void => editing.change({ to: [...to, member] });
  const remove = (member: MemberId): void =>
    editing.change({
      to: to.filter((one) => one !== member),
      // A task cannot stay with somebody who is not asked.
      tasks: tasks.map((task) => (task.owner === member ? { ...task, owner: from } : task)),
    });
  const open = suggested(from, letter.attendingPhysician).filter((member) => !to.includes(member));
  const isAsked = to.some((one) => isOwnDoctor(nameOf(one), letter.attendingPhysician));
  return (
    <Part id="part-to" title={words.to}>
      <ChosenParties parties={to.map(partyOf)} onRemove={remove} />
      <Suggestions members={open} onChoose={add} />
      <PartySearch
        chosen={to}
        hint={isAsked ? '' : letter.attendingPhysician}
        onChoose={(party) => {
          remember(party);
          add(party.member);
        }}
      />
    </Part>
  );
}
