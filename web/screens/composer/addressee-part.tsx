/** To whom: those chosen, suggestions at one tap each, the search, and who is not here yet. */
import type { MemberId, Uuid } from '@liaison/contract/ids';
import type { DirectoryHit, NewAbsentee } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { StateMark } from '../../components/state-mark.js';
import { useAct } from '../../state/act.state.js';
import { isOwnDoctor, nameOf, partyOf, remember, suggested } from '../../state/party.state.js';
import { w } from '../../words/words.js';
import { AbsenteeSheet, NOBODY } from '../absent/absentee-sheet.js';
import { ChosenParties } from './chosen-parties.js';
import type { Editing } from './draft.editing.js';
import { Part } from './part.js';
import { PartySearch } from './party-search.js';
import { Suggestions } from './suggestions.js';

export function AddresseePart({ editing }: { readonly editing: Editing }) {
  const [naming, setNaming] = useState<typeof NOBODY | null>(null);
  const act = useAct();
  const words = w().composer;
  const { to, from, tasks, letter, absentees = [] } = editing.draft.value;
  const add = (member: MemberId): void => editing.change({ to: [...to, member] });
  const remove = (member: MemberId): void =>
    editing.change({
      to: to.filter((one) => one !== member),
      // A task cannot stay with somebody who is not asked.
      tasks: tasks.map((task) => (task.owner === member ? { ...task, owner: from } : task)),
    });
  const removeAbsent = (id: Uuid): void =>
    editing.change({
      absentees: absentees.filter(({ absentee }) => absentee !== id),
      tasks: tasks.map((task) => (task.absentee === id ? { ...task, absentee: null } : task)),
    });
  const open = suggested(from, letter.attendingPhysician).filter((member) => !to.includes(member));
  const isAsked = [...to.map(nameOf), ...absentees.map(({ name }) => name)].some((name) =>
    isOwnDoctor(name, letter.attendingPhysician),
  );
  return (
    <Part id="part-to" title={words.to}>
      <ChosenParties parties={to.map(partyOf)} onRemove={remove} />
      <ChosenAbsentees all={absentees} onRemove={removeAbsent} />
      <Suggestions members={open} onChoose={add} />
      <PartySearch
        chosen={to}
        hint={isAsked ? '' : letter.attendingPhysician}
        onChoose={(party) => {
          remember(party);
          add(party.member);
        }}
        onAbsent={({ name, profession, nationalId }: DirectoryHit) =>
          setNaming({ name, profession, nationalId })
        }
      />
      <button type="button" class="plain" onClick={() => setNaming(NOBODY)}>
        <Icon name="plus" />
        {w().absent.notHereYet}
      </button>
      {naming !== null && (
        <AbsenteeSheet
          known={naming}
          act={act}
          onClose={() => setNaming(null)}
          onAdd={(somebody) => {
            editing.change({ absentees: [...absentees, somebody] });
            setNaming(null);
          }}
        />
      )}
    </Part>
  );
}

interface ChosenAbsenteesProps {
  readonly all: readonly NewAbsentee[];
  readonly onRemove: (absentee: Uuid) => void;
}

function ChosenAbsentees({ all, onRemove }: ChosenAbsenteesProps) {
  if (all.length === 0) return null;
  const words = w();
  return (
    <ul class="chosen">
      {all.map(({ absentee, name, profession }) => (
        <li key={absentee}>
          <span>
            <b>{name}</b>
            <small>{words.people.profession(profession)}</small>
            <StateMark tone="pending" shape="ring" word={words.absent.here} />
          </span>
          <button
            type="button"
            class="plain round"
            aria-label={words.composer.remove(name)}
            onClick={() => onRemove(absentee)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
