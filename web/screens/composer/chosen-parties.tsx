/** Who was chosen, each with a way to take them off again. */
import { partyName } from '../../components/party-name.js';
import type { MemberId } from '@liaison/contract/ids';
import type { PartyView } from '@liaison/sdk/face';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../components/icon.js';
import { w } from '../../words/words.js';

interface ChosenProps {
  readonly parties: readonly PartyView[];
  readonly onRemove: (member: MemberId) => void;
  /** What else may be said of each. */
  readonly more?: (party: PartyView) => ComponentChildren;
}

export function ChosenParties({ parties, onRemove, more }: ChosenProps) {
  if (parties.length === 0) return null;
  const words = w();
  return (
    <ul class="chosen">
      {parties.map((party) => (
        <li key={party.member}>
          <span>
            <b>{partyName(party)}</b>
            <small>
              {party.category !== null && words.people.categories[party.category]}
              {party.town !== '' && ` · ${party.town}`}
            </small>
          </span>
          {more?.(party)}
          <button
            type="button"
            class="plain round"
            aria-label={words.composer.remove(partyName(party))}
            onClick={() => onRemove(party.member)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
