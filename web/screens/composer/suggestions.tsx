/** A few parties at one tap each, those asked before first. */
import type { MemberId } from '@liaison/contract/ids';
import { Icon } from '../../components/icon.js';
import { nameOf } from '../../state/party.state.js';
import { w } from '../../words/words.js';

const MOST = 6;

interface SuggestionsProps {
  readonly members: readonly MemberId[];
  readonly onChoose: (member: MemberId) => void;
}

export function Suggestions({ members, onChoose }: SuggestionsProps) {
  const words = w().composer;
  if (members.length === 0) return null;
  return (
    <>
      <h3 class="hint">{words.suggestions}</h3>
      <ul class="chips">
        {members.slice(0, MOST).map((member) => (
          <li key={member}>
            <button
              type="button"
              class="chip"
              aria-label={words.add(nameOf(member))}
              onClick={() => onChoose(member)}
            >
              <Icon name="plus" />
              {nameOf(member)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
