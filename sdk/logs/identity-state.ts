/**
 * What a verified identity log says: who the person is, how far that is proven, and which devices
 * and keys were theirs at each index. Only identity-log.ts makes one.
 */
import type { CertifiedClaims } from '@liaison/contract/certified-claims';
import type { DeviceId, Hash, Origin, PersonId } from '@liaison/contract/ids';
import type { DeviceKeys, IdentityHead, InvitationText } from '@liaison/contract/identity';
import { type IdentityLogState, isSigning, type PersonKey } from '@liaison/contract/identity-rules';

/**
 * `certified`: a provider's token, verified with pinned keys, names the person. `vouched`: a person
 * of this deployment invited them. `server`: this server alone says so.
 */
export type Trust =
  | {
      readonly level: 'certified';
      readonly since: number;
      readonly fictional: boolean;
      readonly claims: CertifiedClaims;
    }
  | {
      readonly level: 'vouched';
      readonly since: number;
      readonly by: PersonId;
      readonly role: InvitationText['role'];
      readonly nameHash: Hash;
    }
  | { readonly level: 'server'; readonly since: number };

export interface IdentityState {
  readonly person: PersonId;
  readonly origin: Origin;
  readonly head: IdentityHead;
  /** Hash of each statement, by index. */
  readonly hashes: readonly Hash[];
  /** What the whole log says. */
  readonly log: IdentityLogState;
  /** What it said after each index. */
  readonly past: readonly IdentityLogState[];
  readonly trust: Trust;
  /** What was proven of the person after each index. */
  readonly trusts: readonly Trust[];
}

export interface DeviceThen {
  readonly keys: DeviceKeys;
  readonly live: boolean;
}

/**
 * A device as the log had it at an index, by what was said up to there: later revocations do not
 * change it, so that everybody judges an item alike, whenever they learn of them.
 */
export function deviceAt(state: IdentityState, device: DeviceId, n: number): DeviceThen | null {
  const known = state.past[n]?.devices.get(device);
  return known === undefined ? null : { keys: known.keys, live: isSigning(known) };
}

/** The generation to seal to now. */
export function presentKey(state: IdentityState): PersonKey | null {
  return state.log.generations.at(-1) ?? null;
}
