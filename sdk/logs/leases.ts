/**
 * Who signed, as the author's own log shows it: one of the person's devices, or a post to which one
 * of them lent its word. Nothing here asks a clock: what counts stands in the signed bytes.
 */
import type { DeviceId, Hash, SigningKey } from '@liaison/contract/ids';
import { isLeaseLive, type Lease } from '@liaison/contract/lease';
import { leasedIdHashed, leaseSigned } from '@liaison/contract/signing';
import { hash } from '../crypto/hash.js';
import { verifyStrict } from '../crypto/signing.js';
import { deviceAt, type IdentityState } from './identity-state.js';

export interface SignerThen {
  readonly signingKey: SigningKey;
  readonly live: boolean;
}

/** What names a signer in a header or a lane. */
export interface Signed {
  readonly device: DeviceId;
  readonly lease?: Lease | undefined;
  readonly at: number;
}

/**
 * The signer's key and whether it counted, by the log up to index `n`; null where no such signer
 * could be: an honest server takes nothing from one.
 */
export function signerAt(log: IdentityState, signed: Signed, n: number): SignerThen | null {
  const { device, lease, at } = signed;
  if (lease === undefined) {
    const known = deviceAt(log, device, n);
    return known && { signingKey: known.keys.signingKey, live: known.live };
  }
  const then = log.past[n];
  if (then === undefined || leaseFault(log, lease, device, n) !== null) return null;
  return { signingKey: lease.key, live: isLeaseLive(lease, at, then) };
}

type LeaseFault =
  | 'lease-of-another'
  | 'lease-ahead'
  | 'lease-fork'
  | 'lender-unknown'
  | 'lease-signature';

/** What no honest server could have taken. */
function leaseFault(
  log: IdentityState,
  lease: Lease,
  device: DeviceId,
  n: number,
): LeaseFault | null {
  const { by, identity, key, signature } = lease;
  const named: Hash = hash(leasedIdHashed(key));
  if ((named as string) !== device) return 'lease-of-another';
  if (identity.n > n) return 'lease-ahead';
  if (log.hashes[identity.n] !== identity.h) return 'lease-fork';
  const lender = deviceAt(log, by, identity.n);
  if (lender === null) return 'lender-unknown';
  const said = leaseSigned(log.origin, log.person, lease);
  return verifyStrict(lender.keys.signingKey, said, signature) ? null : 'lease-signature';
}
