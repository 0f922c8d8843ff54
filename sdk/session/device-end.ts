/**
 * Whether the person's own log ended this device: from then on nothing is sealed to it and nothing
 * that it signs is taken. Who ended it, and when, is what its screen tells.
 */
import type { EndedView } from '../face.js';
import type { DeviceId } from '@liaison/contract/ids';
import type { IdentityState } from '../logs/identity-state.js';
import { deviceRef } from './device.views.js';

export function endOf(
  state: IdentityState | null,
  device: DeviceId,
  names: ReadonlyMap<DeviceId, string>,
): EndedView | null {
  const n = state === null ? null : endedAt(state, device);
  const statement = n === null ? undefined : state?.log.statements[n];
  if (statement === undefined) return null;
  const { at, signer } = statement;
  const by = signer === 'recovery' ? null : deviceRef(signer, names);
  return { at, by, byItself: signer === device };
}

/** Where the log ended it: by name, or because what brought it in fell with somebody else. */
function endedAt({ log, past }: IdentityState, device: DeviceId): number | null {
  const known = log.devices.get(device);
  if (known !== undefined) return known.revokedAt;
  const added = past.findIndex(({ devices }) => devices.has(device));
  if (added < 0) return null;
  const gone = past.findIndex(({ devices }, n) => n > added && !devices.has(device));
  return gone < 0 ? null : gone;
}
