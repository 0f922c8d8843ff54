/**
 * Backlinks: an earlier secret sealed under a later one, so that whoever opens today's epoch or
 * generation opens those before it. An epoch's backlinks are listed; a cut leaves one out.
 */
import { concat, fromBase64Url, toBase64Url, u64 } from '@liaison/contract/bytes';
import { framed } from '@liaison/contract/encoding';
import type { CircleId, Hash, PersonId, SealedSecret } from '@liaison/contract/ids';
import { NONCE_BYTES, open, seal } from './aead.js';
import { type RandomBytes, randomBytes } from './random.js';

export interface BacklinkContext {
  readonly owner: CircleId | PersonId;
  /** Number of the epoch or generation that holds the link. */
  readonly later: number;
  readonly earlier: number;
  /** Commitment of the earlier epoch, or hash of the earlier generation's public key. */
  readonly commitment: Hash;
}

function bound({ owner, later, earlier, commitment }: BacklinkContext): Uint8Array {
  const parts = [fromBase64Url(owner), u64(later), u64(earlier), fromBase64Url(commitment)];
  return framed('liaison/1/backlink', ...parts);
}

export function sealBacklink(
  backlinkKey: Uint8Array,
  earlierSecret: Uint8Array,
  context: BacklinkContext,
  random: RandomBytes = randomBytes,
): SealedSecret {
  const nonce = random(NONCE_BYTES);
  const sealed = seal(backlinkKey, nonce, earlierSecret, bound(context));
  return toBase64Url(concat(nonce, sealed)) as SealedSecret;
}

export function openBacklink(
  backlinkKey: Uint8Array,
  link: SealedSecret,
  context: BacklinkContext,
): Uint8Array | null {
  const bytes = fromBase64Url(link);
  const nonce = bytes.subarray(0, NONCE_BYTES);
  return open(backlinkKey, nonce, bytes.subarray(NONCE_BYTES), bound(context));
}
