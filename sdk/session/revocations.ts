/**
 * Ending a device, and from when on it is no longer trusted: what it said from there falls with it.
 * What would fall is judged by the law of the log itself, before anybody signs.
 */
import type { DeviceId } from '@liaison/contract/ids';
import type { IdentityPayload } from '@liaison/contract/identity';
import { type IdentityLogState, judgeIdentity } from '@liaison/contract/identity-rules';
import type { RevocationView } from '../face.devices.js';
import { Fault } from '../fault.js';
import type { IdentityState } from '../logs/identity-state.js';
import type { DeviceNames } from './device-names.js';
import { deviceRef } from './device.views.js';
import type { KeyChange } from './key-change.js';

export interface RevocationParts {
  readonly keyChange: KeyChange;
  readonly names: DeviceNames;
  /** Last index of the log when its owner was shown their devices; null: they were not. */
  readonly shown: () => number | null;
}

export class Revocations {
  constructor(private readonly parts: RevocationParts) {}

  /** What would fall. `since`: an instant, or null where all that it did so far stands. */
  async preview(device: DeviceId, since: number | null): Promise<RevocationView> {
    const { keyChange, names } = this.parts;
    const shown = this.parts.shown();
    const before = await keyChange.log();
    const payload = revoking(before, device, since, shown);
    const { statement } = keyChange.state(before, payload);
    const verdict = judgeIdentity(before.log, before.head, statement, before.person);
    if (!verdict.ok) return { state: 'would-end-this-one' };
    const called = await names.known();
    const after = verdict.state;
    const gone = lost(before.log, after).filter((one) => one !== device);
    return {
      state: 'may',
      falls: [...after.fallen].filter((n) => !before.log.fallen.has(n)).length,
      devices: gone.map((one) => deviceRef(one, called)),
      back: lost(after, before.log).map((one) => deviceRef(one, called)),
      paper: paperOf(before.log, after),
    };
  }

  /** Ends a device, makes a new person key, and opens the teams' next epochs: one act. */
  async revoke(device: DeviceId, since: number | null): Promise<void> {
    const { keyChange, names } = this.parts;
    // What the others are called is signed anew after this: it must be known before.
    await names.refresh();
    const shown = this.parts.shown();
    const before = await keyChange.log();
    const said = keyChange.state(before, revoking(before, device, since, shown));
    const verdict = judgeIdentity(before.log, before.head, said.statement, before.person);
    if (!verdict.ok) throw new Fault('ends-this-one', verdict.why);
    await keyChange.after(before, said, 'device-revoked');
  }
}

type Revoking = Extract<IdentityPayload, { kind: 'device.revoked' }>;

/**
 * From the first statement of that instant or later. Without one, what that device has said since
 * its owner last looked falls all the same: whoever stole it may be quicker.
 */
function revoking(
  { log, head }: IdentityState,
  device: DeviceId,
  since: number | null,
  shown: number | null,
): Revoking {
  const unseen = Math.min(shown ?? head.n, head.n) + 1;
  const first = since === null ? undefined : log.statements.find(({ at }) => at >= since);
  return { kind: 'device.revoked', device, untrustedFrom: Math.min(first?.n ?? unseen, unseen) };
}

/** Devices that live in the one and not in the other. */
function lost(one: IdentityLogState, other: IdentityLogState): DeviceId[] {
  const isLive = (log: IdentityLogState, id: DeviceId): boolean =>
    log.devices.get(id)?.revokedAt === null;
  return [...one.devices.keys()].filter((id) => isLive(one, id) && !isLive(other, id));
}

function paperOf(before: IdentityLogState, after: IdentityLogState): 'same' | 'former' | 'none' {
  if (after.recovery?.n === before.recovery?.n) return 'same';
  return after.recovery === null ? 'none' : 'former';
}
