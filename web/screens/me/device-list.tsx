/** The person's devices. Revoking one asks once, and says what it will no longer read. */
import type { DeviceView } from '@liaison/sdk/face.devices';
import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.js';
import { RevokeSheet } from '../../components/revoke-sheet.js';
import { Ready } from '../../components/waiting.js';
import { devices } from '../../state/lists.state.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { DeviceRow } from './device-row.js';

export function DeviceList() {
  const [revoking, setRevoking] = useState<DeviceView | null>(null);
  const words = w().me;
  return (
    <section>
      <h2>{words.devices}</h2>
      <Ready of={devices()}>
        {(all) => (
          <>
            <Rows all={inUse(all)} onRevoke={setRevoking} />
            <p class="hint">{w().devices.fingerprintHint}</p>
            <Ended all={all.filter(({ revokedAt }) => revokedAt !== null)} />
          </>
        )}
      </Ready>
      <a class="second" href={paths.link}>
        <Icon name="plus" />
        {w().link.title}
      </a>
      {revoking !== null && <RevokeSheet one={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

/** This one first, then the latest. */
function inUse(all: readonly DeviceView[]): DeviceView[] {
  const live = all.filter(({ revokedAt }) => revokedAt === null);
  return live.sort((a, b) => Number(b.here) - Number(a.here) || b.addedAt - a.addedAt);
}

interface RowsProps {
  readonly all: readonly DeviceView[];
  readonly onRevoke: (one: DeviceView) => void;
}

function Rows({ all, onRevoke }: RowsProps) {
  return (
    <ul class="plain-list">
      {all.map((one) => (
        <DeviceRow key={one.device} one={one} onRevoke={() => onRevoke(one)} />
      ))}
    </ul>
  );
}

/** What ended stays to be seen, out of the way. */
function Ended({ all }: { readonly all: readonly DeviceView[] }) {
  if (all.length === 0) return null;
  return (
    <details>
      <summary>
        {w().devices.ended} ({all.length})
      </summary>
      <Rows all={all} onRevoke={() => undefined} />
    </details>
  );
}
