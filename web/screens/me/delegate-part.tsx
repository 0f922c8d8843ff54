/** Who is told as well while one is away: found by name, shown by name, never guessed. */
import { memberRef, type PersonId } from '@liaison/contract/ids';
import type { DirectoryHit } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { Field } from '../../components/field.js';
import { PersonName } from '../../components/person-name.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { Ready } from '../../components/waiting.js';
import { useLive } from '../../state/loaded.state.js';
import { useSearch } from '../../state/search.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';

interface DelegatePartProps {
  readonly delegate: PersonId | null;
  readonly onDelegate: (delegate: PersonId | null) => void;
}

export function DelegatePart({ delegate, onDelegate }: DelegatePartProps) {
  const words = w().notifications;
  return (
    <div class="delegate">
      <h3>{words.delegate}</h3>
      <p class="hint">{words.delegateHint}</p>
      {delegate === null ? (
        <FindDelegate onDelegate={onDelegate} />
      ) : (
        <div class="row row-head">
          <Named person={delegate} />
          <button type="button" class="plain" onClick={() => onDelegate(null)}>
            {words.remove}
          </button>
        </div>
      )}
    </div>
  );
}

function Named({ person }: { readonly person: PersonId }) {
  const view = useLive(
    () => face.person(person),
    ({ what }) => what === 'session',
    person,
  );
  return (
    <Ready of={view}>
      {(found) => (found === null ? <span>{w().home.sealed}</span> : <PersonName person={found} />)}
    </Ready>
  );
}

/** Teams cannot stand in: somebody must be told. */
function personIn({ party }: DirectoryHit): PersonId | null {
  if (party === null) return null;
  const ref = memberRef(party.member);
  return ref.type === 'person' ? ref.person : null;
}

function FindDelegate({ onDelegate }: { readonly onDelegate: (person: PersonId) => void }) {
  const words = w().notifications;
  const [query, setQuery] = useState('');
  const { hits, trouble } = useSearch(query);
  const people = (hits ?? []).flatMap((hit) => {
    const person = personIn(hit);
    return person === null ? [] : [{ person, name: hit.name, profession: hit.profession }];
  });
  return (
    <>
      <Field label={words.chooseDelegate} type="search" value={query} onValue={setQuery} />
      <TroubleLine trouble={trouble} />
      <p role="status" class="hint">
        {hits !== null && people.length === 0 ? words.noHit : ''}
      </p>
      <ul class="plain-list">
        {people.map(({ person, name, profession }) => (
          <li key={person}>
            <button type="button" class="second" onClick={() => onDelegate(person)}>
              {name} · {w().people.profession(profession)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
