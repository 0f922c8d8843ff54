/**
 * Whether the person's own log ended this device: from then on nothing is sealed to it and nothing
 * that it signs is taken. Who ended it, and when, is what its screen tells.
 */
import type { EndedView } from '../face.js';
import type { DeviceId } from '@liaison/contract/ids';
import type { IdentityState } from '../logs/identity-state.js';

/** Letters of a device's id that people compare. */
export const FINGERPRINT_LETTERS = 16;

export function endOf(state: IdentityState | null, device: DeviceId): EndedView | null {
  const n = state?.log.devices.get(device)?.revokedAt ?? null;
  const statement = n === null ? undefined : state?.log.statements[n];
  if (statement === undefined) return null;
  const { at, signer } = statement;
  const by = signer === 'recovery' ? null : signer.slice(0, FINGERPRINT_LETTERS);
  return { at, by, byItself: signer === device };
}
