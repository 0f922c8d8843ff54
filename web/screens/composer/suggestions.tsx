/** A few parties at one tap each, those asked before first. */
import type { MemberId } from '@liaison/contract/ids';
import { Icon } from '../../components/icon.js';
import { nameOf } from '../../state/party.state.js';
import { w } from '../../words/words.js';

const MOST = 6;

interface SuggestionsProps {
  readonly members: readonly MemberId[];
  readonly onChoose: (member: MemberId) => void;
  /** What a tap does, in words; by default it adds. */
  readonly say?: (name: string) => string;
}

export function Suggestions({ members, onChoose, say }: SuggestionsProps) {
  const words = w().composer;
  const label = say ?? words.add;
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
              aria-label={label(nameOf(member))}
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
