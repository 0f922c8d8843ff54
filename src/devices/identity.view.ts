/**
 * An identity log as the server has it: its head, every hash by index, and what its statements say.
 * Other rooms ask this whether a device lives and which key a person has; they never change it.
 */
import type { DeviceId, Hash, PersonId, SigningKey } from '@liaison/contract/ids';
import type { IdentityHead } from '@liaison/contract/identity';
import type { IdentityLogState, KnownDevice, PersonKey } from '@liaison/contract/identity-rules';

export interface IdentityView {
  readonly person: PersonId;
  readonly head: IdentityHead;
  /** Hash of each statement, by index. */
  readonly hashes: readonly Hash[];
  readonly state: IdentityLogState;
}

/** Whether this head was, at some time, the log's own. */
export function isTrueHead(view: IdentityView, head: IdentityHead): boolean {
  return head.n >= 0 && view.hashes[head.n] === head.h;
}

/** Whether this head is the log's present one. */
export function isPresentHead(view: IdentityView, head: IdentityHead): boolean {
  return head.n === view.head.n && head.h === view.head.h;
}

export function deviceOf(view: IdentityView, device: DeviceId): KnownDevice | null {
  return view.state.devices.get(device) ?? null;
}

/** The key that verifies what this device signed, alive or not. */
export function signingKeyOf(view: IdentityView, device: DeviceId): SigningKey | null {
  return deviceOf(view, device)?.keys.signingKey ?? null;
}

/** The person key that is sealed to now. */
export function presentKey(view: IdentityView): PersonKey | null {
  return view.state.generations.at(-1) ?? null;
}
