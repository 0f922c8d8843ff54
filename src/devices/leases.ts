/**
 * The server's half of leases: who may sign here and now, a device of the log or a post under a
 * lease. It is stricter than clients are: its own clock and the log's present end count as well.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import type { DeviceId, Origin, SigningKey } from '@liaison/contract/ids';
import { isSigning } from '@liaison/contract/identity-rules';
import { isLeaseLive, type Lease } from '@liaison/contract/lease';
import { leasedIdHashed, leaseSigned } from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { isStrictKey, verifyStrict } from '../platform/signatures/ed25519.js';
import { deviceOf, type IdentityView, isTrueHead, signingKeyOf } from './identity.view.js';

interface Signed {
  readonly origin: Origin;
  readonly device: DeviceId;
  readonly lease?: Lease | undefined;
  readonly at: number;
}

/** The key that must have signed; null for a device that the log does not know. */
export function signerKeyIn(view: IdentityView, { device, lease }: Signed): SigningKey | null {
  return lease === undefined ? signingKeyOf(view, device) : lease.key;
}

/** Refuses whoever may not sign now. Gives the first index of the log at which they could. */
export function checkSigner(view: IdentityView, signed: Signed, now: number): number {
  const { lease } = signed;
  if (lease !== undefined) return checkLease(view, signed, lease, now);
  const device = deviceOf(view, signed.device);
  if (device === null) throw new Problem('device_unknown');
  if (!isSigning(device)) throw new Problem('device_revoked');
  return device.addedAt;
}

function checkLease(view: IdentityView, signed: Signed, lease: Lease, now: number): number {
  const named: string = hash(leasedIdHashed(lease.key));
  const lender = signingKeyOf(view, lease.by);
  if (named !== signed.device || lender === null) throw new Problem('device_unknown', 'lease');
  if (!isTrueHead(view, lease.identity)) throw new Problem('identity_head_moved', 'lease');
  checkLeaseSigned(view, lease, lender, signed.origin);
  const isLive = isLeaseLive(lease, signed.at, view.state) && now < lease.until;
  if (!isLive) throw new Problem('lease_over');
  return lease.identity.n;
}

function checkLeaseSigned(view: IdentityView, lease: Lease, lender: SigningKey, origin: Origin) {
  const said = leaseSigned(origin, view.person, lease);
  const right = verifyStrict(fromBase64Url(lender), said, fromBase64Url(lease.signature));
  if (!right || !isStrictKey(fromBase64Url(lease.key))) throw new Problem('signature_invalid');
}
