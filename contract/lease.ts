/**
 * A lease: a device of a person lends its word to a post whose keys live in memory only, until an
 * instant that is written in it (docs/protocol.md, "Leases"). It stands in each header that the
 * post signs, so that nothing but those bytes and the person's log says whether it held. The log
 * itself does not grow by it, and no key is changed because of it.
 */
import { z } from 'zod';
import { canonical } from './encoding.js';
import { DeviceId, Instant, Origin, PersonId, Signature, SigningKey } from './ids.js';
import { IdentityHead } from './identity.js';
import type { IdentityLogState } from './identity-rules.js';
import { LIMITS } from './limits.js';

/** What the lending device signs, without whose and where: those stand around it. */
export const LeaseTerms = z.strictObject({
  by: DeviceId,
  /** The person's log as the lender knew it. A key generation begun after it ends the lease. */
  identity: IdentityHead,
  /** The post's. Its device id is the hash of this key alone: it has nothing sealed to it. */
  key: SigningKey,
  from: Instant,
  until: Instant,
});
export type LeaseTerms = z.infer<typeof LeaseTerms>;

export const Lease = LeaseTerms.extend({ signature: Signature });
export type Lease = z.infer<typeof Lease>;

/** The text itself, as it is read before it is signed. */
export const LeaseText = LeaseTerms.extend({ v: z.literal(1), origin: Origin, person: PersonId });
export type LeaseText = z.infer<typeof LeaseText>;

/** The text that the lender signs (`leaseSigned`). */
export function leaseText(origin: Origin, person: PersonId, terms: LeaseTerms): string {
  const { by, identity, key, from, until } = terms;
  return canonical({ v: 1, origin, person, by, identity, key, from, until });
}

type LeaseEnd =
  | 'lender-ended'
  | 'lender-not-lending'
  | 'lease-too-long'
  | 'lease-key-moved'
  | 'lease-not-now';

/**
 * Why a lease does not hold for something dated `at`, in a log as its author cites it; null: it
 * does. The signature and the heads' hashes are each side's own to check.
 */
function leaseEnd(lease: LeaseTerms, at: number, log: IdentityLogState): LeaseEnd | null {
  const { by, identity, from, until } = lease;
  const lender = log.devices.get(by);
  if (lender?.revokedAt !== null || lender.addedAt > identity.n) return 'lender-ended';
  if (lender.keys.kind === 'service') return 'lender-not-lending';
  if (until - from > LIMITS.leaseMs.value) return 'lease-too-long';
  // Whoever lost a post, or a device, has a new key made: every lease of before ends with that.
  if (log.generations.some(({ n }) => n > identity.n)) return 'lease-key-moved';
  return at >= from && at < until ? null : 'lease-not-now';
}

export function isLeaseLive(lease: LeaseTerms, at: number, log: IdentityLogState): boolean {
  return leaseEnd(lease, at, log) === null;
}
