/**
 * The directory as one types. Whoever is not here yet is said to be so; where the page knows a way,
 * they are asked all the same.
 */
import type { MemberId, PersonId } from '@liaison/contract/ids';
import type { DirectoryHit, PartyView } from '@liaison/sdk/face';
import { useState } from 'preact/hooks';
import { AvailabilityLine } from '../../components/availability-line.js';
import { Field } from '../../components/field.js';
import { Icon } from '../../components/icon.js';
import { StateMark } from '../../components/state-mark.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { useSearch } from '../../state/search.state.js';
import { readable } from '../../words/readable.js';
import { w } from '../../words/words.js';

interface PartySearchProps {
  readonly chosen: readonly MemberId[];
  readonly hint: string;
  readonly onChoose: (party: PartyView) => void;
  /** Whom this may be asked of; nothing said: anybody. */
  readonly asks?: readonly PartyView['type'][];
  /** Somebody without an account is asked all the same. */
  readonly onAbsent?: (hit: DirectoryHit) => void;
}

export function PartySearch({ chosen, hint, onChoose, asks, onAbsent }: PartySearchProps) {
  const [query, setQuery] = useState('');
  const { hits, trouble, searching } = useSearch(query);
  const words = w().composer;
  const found = hits?.filter(({ party }) => party === null || (asks?.includes(party.type) ?? true));
  const choose = (party: PartyView): void => {
    setQuery('');
    onChoose(party);
  };
  return (
    <div class="party-search">
      <Field label={words.toSearch} type="search" value={query} onValue={setQuery} />
      {query === '' && hint !== '' && (
        <button type="button" class="plain" onClick={() => setQuery(hint)}>
          <Icon name="search" />
          {hint}
        </button>
      )}
      <TroubleLine trouble={trouble} />
      <ul class="hits" aria-live="polite" aria-busy={searching}>
        {found?.map((hit) => (
          <Hit
            key={`${hit.nationalId ?? ''}${hit.party?.member ?? ''}${hit.structure}`}
            hit={hit}
            chosen={chosen}
            onChoose={choose}
            onAbsent={onAbsent}
          />
        ))}
        {found?.length === 0 && <li class="hint">{words.nobodyFound}</li>}
      </ul>
    </div>
  );
}

interface HitProps {
  readonly hit: DirectoryHit;
  readonly chosen: readonly MemberId[];
  readonly onChoose: (party: PartyView) => void;
  readonly onAbsent: ((hit: DirectoryHit) => void) | undefined;
}

function Hit({ hit, chosen, onChoose, onAbsent }: HitProps) {
  const words = w();
  const { party } = hit;
  const about = [
    words.people.profession(hit.profession),
    readable(hit.structure),
    readable(hit.town),
  ]
    .filter((text) => text !== '')
    .join(' · ');
  if (party === null) return <AbsentHit hit={hit} about={about} onAbsent={onAbsent} />;
  const taken = chosen.includes(party.member);
  return (
    <li>
      <button type="button" class="hit" disabled={taken} onClick={() => onChoose(party)}>
        <span>
          <b>{hit.name}</b>
          <small>{about}</small>
        </span>
        <Icon name={taken ? 'check' : 'plus'} />
      </button>
      {party.type === 'person' && <AvailabilityLine person={party.member.slice(2) as PersonId} />}
    </li>
  );
}

interface AbsentHitProps {
  readonly hit: DirectoryHit;
  readonly about: string;
  readonly onAbsent: HitProps['onAbsent'];
}

function AbsentHit({ hit, about, onAbsent }: AbsentHitProps) {
  const words = w().composer;
  const body = (
    <>
      <span>
        <b>{hit.name}</b>
        <small>{about}</small>
      </span>
      <StateMark tone="pending" shape="ring" word={words.notHere} />
    </>
  );
  if (onAbsent === undefined) return <li class="hit">{body}</li>;
  return (
    <li>
      <button type="button" class="hit" onClick={() => onAbsent(hit)}>
        {body}
      </button>
    </li>
  );
}
