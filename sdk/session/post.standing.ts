/**
 * How a shared post stands: until when it speaks for its person, whether its lease still holds, and
 * whether a session is one that a post left behind. A store that lasts must learn nothing of it.
 */
import { isLeaseLive } from '@liaison/contract/lease';
import type { Session } from '@liaison/contract/session';
import type { IdentityState } from '../logs/identity-state.js';
import type { Vault } from '../vault.js';

/** Whichever ends first: the lease, or the session that carries it. */
export function postOf(vault: Vault, { endsAt }: Session): { readonly until: number } | null {
  const lease = vault.lease();
  return lease === null ? null : { until: Math.min(lease.until, endsAt) };
}

/** Its time is up, or its person's key has moved on: nothing that it signs is taken any more. */
export function isLeaseOver(vault: Vault, log: IdentityState | null, now: number): boolean {
  const lease = vault.lease();
  return lease !== null && log !== null && !isLeaseLive(lease, now, log.log);
}

/** The session of a post, met by a client that is not that post: a reload, or another tab. */
export function isLeftOver(session: Session | null, vault: Vault): boolean {
  if (session?.means !== 'device' || vault.lease() !== null) return false;
  return vault.person() !== session.person;
}
