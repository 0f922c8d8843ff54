/** To whom: those chosen, a few suggestions at one tap each, and the search. */
import type { MemberId } from '@liaison/contract/ids';
import { Icon } from '../../components/icon.js';
import { nameOf, partyOf, remember, suggested } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import { ChosenParties } from './chosen-parties.js';
import type { Editing } from './draft.editing.js';
import { Part } from './part.js';
import { PartySearch } from './party-search.js';

const SUGGESTED = 6;

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
  const open = suggested(from, letter.attendingPhysician)
    .filter((member) => !to.includes(member))
    .slice(0, SUGGESTED);
  return (
    <Part id="part-to" title={words.to}>
      <ChosenParties parties={to.map(partyOf)} onRemove={remove} />
      {open.length > 0 && (
        <>
          <h3 class="hint">{words.suggestions}</h3>
          <ul class="chips">
            {open.map((member) => (
              <li key={member}>
                <button
                  type="button"
                  class="chip"
                  aria-label={words.add(nameOf(member))}
                  onClick={() => add(member)}
                >
                  <Icon name="plus" />
                  {nameOf(member)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <PartySearch
        chosen={to}
        hint={letter.attendingPhysician}
        onChoose={(party) => {
          remember(party);
          add(party.member);
        }}
      />
    </Part>
  );
}
