/**
 * The name of a party as a button. A person's opens their card; a team's opens who is in it, each
 * with what certifies them and a card of their own.
 */
import { memberRef } from '@liaison/contract/ids';
import type { Change, PartyView, PersonView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { useLive } from '../state/loaded.state.js';
import { readingParties } from '../state/readers.state.js';
import { w } from '../words/words.js';
import { DutyPart } from './duty-part.js';
import { partyName } from './party-name.js';
import { PersonButton, PersonCard } from './person-card.js';
import { Sheet } from './sheet.js';
import { trustSentence } from './trust-sentence.js';
import { Ready } from './waiting.js';

const concernsTeams = ({ what }: Change): boolean => what === 'channels' || what === 'session';

export function PartyButton({ party }: { readonly party: PartyView }) {
  const [open, setOpen] = useState(false);
  const ref = memberRef(party.member);
  const close = (): void => setOpen(false);
  return (
    <>
      <button type="button" class="plain person-button" onClick={() => setOpen(true)}>
        <b>{partyName(party)}</b>
      </button>
      {open && ref.type === 'person' && (
        <PersonCard person={ref.person} name={partyName(party)} onClose={close} />
      )}
      {open && ref.type === 'team' && <TeamCard team={party} onClose={close} />}
    </>
  );
}

interface TeamCardProps {
  readonly team: PartyView;
  readonly onClose: () => void;
}

function TeamCard({ team, onClose }: TeamCardProps) {
  const words = w().identity;
  const people = useLive(() => readingParties([team]), concernsTeams, team.member);
  return (
    <Sheet title={partyName(team)} onClose={onClose}>
      <Ready of={people}>
        {([reading]) => (
          <>
            <DutyPart team={team} people={reading?.people ?? []} />
            <p>{team.name === '' ? words.teamUnnamed : words.teamChecked}</p>
            <ul class="readers">
              {reading?.people.map((person) => (
                <Member key={person.person} person={person} />
              ))}
            </ul>
          </>
        )}
      </Ready>
    </Sheet>
  );
}

function Member({ person }: { readonly person: PersonView }) {
  return (
    <li>
      <PersonButton person={person} />
      <small>{trustSentence(person)}</small>
    </li>
  );
}
