/** What is handed over, in plain words: one tap from any of them to another. */
import { HANDOFF_KIND_NAMES } from '@liaison/contract/handoff.lists';
import type { HandoffKindName } from '@liaison/contract/handoff';
import { pathOfKind } from '../../state/place.state.js';
import { w } from '../../words/words.js';

export function KindLinks({ current }: { readonly current: HandoffKindName }) {
  const words = w().ask;
  return (
    <nav class="kind-links" aria-label={words.which}>
      <ul class="chips">
        {HANDOFF_KIND_NAMES.map((kind) => (
          <li key={kind}>
            <a
              class="chip"
              href={pathOfKind(kind)}
              aria-current={kind === current ? 'page' : undefined}
            >
              {w().board.kinds[kind]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
