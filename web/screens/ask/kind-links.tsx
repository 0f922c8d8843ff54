/** What is handed over, in plain words: one tap from any of them to another. */
import { HANDOFF_KIND_NAMES } from '@liaison/contract/handoff.lists';
import type { HandoffKindName } from '@liaison/contract/handoff';
import { useEffect, useRef } from 'preact/hooks';
import { pathOfKind } from '../../state/place.state.js';
import { w } from '../../words/words.js';

export function KindLinks({ current }: { readonly current: HandoffKindName }) {
  const words = w().ask;
  const shown = useRef<HTMLAnchorElement>(null);
  // On a phone they stand in one row that moves: the one that is open is in sight.
  useEffect(() => shown.current?.scrollIntoView({ inline: 'center', block: 'nearest' }), [current]);
  return (
    <nav class="kind-links" aria-label={words.which}>
      <ul class="chips">
        {HANDOFF_KIND_NAMES.map((kind) => (
          <li key={kind}>
            <a
              ref={kind === current ? shown : null}
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
