/** What a screen shows of the owner's devices: their log, with the names and uses known here. */
import type { DeviceId } from '@liaison/contract/ids';
import type { IdentityStatement } from '@liaison/contract/identity';
import type { IdentityLogState, KnownDevice } from '@liaison/contract/identity-rules';
import type { DeviceArrival, DeviceRef, DeviceView } from '../face.devices.js';
import { fingerprintOf } from './device.fingerprint.js';

export interface Known {
  readonly here: DeviceId;
  readonly names: ReadonlyMap<DeviceId, string>;
  readonly uses: ReadonlyMap<DeviceId, number>;
}

export function deviceRef(device: DeviceId, names: Known['names']): DeviceRef {
  return { device, name: names.get(device) ?? null, fingerprint: fingerprintOf(device) };
}

/** Who let it in, as its own statement says. */
function arrivalOf(statement: IdentityStatement | undefined, names: Known['names']): DeviceArrival {
  if (statement === undefined || statement.n === 0) return { how: 'first' };
  const { signer, payload } = statement;
  if (payload.kind === 'identity.reset') return { how: 'reset' };
  return signer === 'recovery'
    ? { how: 'recovery' }
    : { how: 'linked', by: deviceRef(signer, names) };
}

/** In the order in which they came. */
export function deviceViews(log: IdentityLogState, known: Known): DeviceView[] {
  const { here, names, uses } = known;
  const atOf = (n: number | null): number | null => (n === null ? null : at(log, n));
  const viewOf = ({ keys, addedAt, revokedAt }: KnownDevice): DeviceView => ({
    ...deviceRef(keys.device, names),
    addedAt: at(log, addedAt),
    arrival: arrivalOf(log.statements[addedAt], names),
    revokedAt: atOf(revokedAt),
    usedAt: uses.get(keys.device) ?? null,
    here: keys.device === here,
  });
  return [...log.devices.values()].map(viewOf);
}

function at(log: IdentityLogState, n: number): number {
  return log.statements[n]?.at ?? 0;
}
