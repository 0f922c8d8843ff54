/**
 * Sealed copies: a 32-byte secret sealed to one X-Wing key (docs/protocol.md, "Copies"). A copy is
 * a pure function of secret, recipient and context, so whoever holds the secret can prove a bad
 * one.
 */
import { concat, fromBase64Url, toBase64Url, u64 } from '@liaison/contract/bytes';
import {
  type CircleId,
  type Hash,
  type PersonId,
  type SealedCopy,
  type SealingKey,
} from '@liaison/contract/ids';
import { keyHashed } from '@liaison/contract/signing';
import { NONCE_BYTES, open, orNull, seal } from './aead.js';
import { derive } from './derive.js';
import { hash } from './hash.js';
import { type RandomBytes, random32, randomBytes } from './random.js';
import { sodium } from './sodium.js';

const ENCAPSULATION_SEED_BYTES = 64;
const KEM_BYTES = 1120;
const COPY_BYTES = 1168;
/** The wrapping key is used for one secret only, so its nonce may stand still. */
const ZERO_NONCE = new Uint8Array(NONCE_BYTES);
const NOTHING = new Uint8Array();

export interface SealingPair {
  readonly publicKey: SealingKey;
  /** X-Wing's secret key is its 32-byte seed. */
  readonly secretKey: Uint8Array;
}

/** What a copy is of: an epoch of a circle, or a generation of a person key. */
export interface CopyContext {
  readonly owner: CircleId | PersonId;
  /** Epoch or generation. */
  readonly number: number;
  /** The epoch's commitment, or the hash of the generation's public key. */
  readonly commitment: Hash;
  /** Head before the statement that began the epoch or generation. */
  readonly prev: Hash;
}

export function sealingPairFromSeed(seed: Uint8Array): SealingPair {
  const { publicKey, privateKey } = sodium().crypto_kem_xwing_seed_keypair(seed);
  return { publicKey: toBase64Url(publicKey) as SealingKey, secretKey: privateKey };
}

export function newSealingPair(random: RandomBytes = randomBytes): SealingPair {
  return sealingPairFromSeed(random32(random));
}

export function keyHash(key: SealingKey): Hash {
  return hash(keyHashed(key));
}

function wrappingKey(
  shared: Uint8Array,
  kem: Uint8Array,
  recipient: Hash,
  context: CopyContext,
): Uint8Array {
  const { owner, number, commitment, prev } = context;
  const texts = [recipient, owner].map(fromBase64Url);
  const heads = [commitment, prev].map(fromBase64Url);
  return derive(shared, 'liaison/1/wrap', [kem, ...texts, u64(number), ...heads]);
}

/**
 * What stands in for a copy to a key that cannot be sealed to: it keeps the others' epoch going.
 */
const DUD = toBase64Url(new Uint8Array(COPY_BYTES)) as SealedCopy;

/** `recipientHash` spares whoever pins the key its second hashing: it must be the key's own. */
export function sealCopy(
  secret: Uint8Array,
  recipient: SealingKey,
  context: CopyContext,
  recipientHash = keyHash(recipient),
): SealedCopy {
  const label = 'liaison/1/encapsulation';
  const bound = [fromBase64Url(recipientHash)];
  const seed = derive(secret, label, bound, ENCAPSULATION_SEED_BYTES);
  const key = fromBase64Url(recipient);
  const made = orNull(() => sodium().crypto_kem_xwing_enc_deterministic(key, seed));
  if (made === null) return DUD;
  const wrapping = wrappingKey(made.sharedSecret, made.ciphertext, recipientHash, context);
  const wrapped = seal(wrapping, ZERO_NONCE, secret, NOTHING);
  return toBase64Url(concat(made.ciphertext, wrapped)) as SealedCopy;
}

/** The secret in a copy, or null when it is not sealed to this pair in this context. */
export function openCopy(
  copy: SealedCopy,
  pair: SealingPair,
  context: CopyContext,
): Uint8Array | null {
  const bytes = fromBase64Url(copy);
  if (bytes.length !== COPY_BYTES) return null;
  const kem = bytes.subarray(0, KEM_BYTES);
  const shared = orNull(() => sodium().crypto_kem_xwing_dec(kem, pair.secretKey));
  if (shared === null) return null;
  const wrapping = wrappingKey(shared, kem, keyHash(pair.publicKey), context);
  return open(wrapping, ZERO_NONCE, bytes.subarray(KEM_BYTES), NOTHING);
}

/** Whether a copy is the very one that this secret gives: how a bad copy is proven. */
export function isTrueCopy(
  copy: SealedCopy,
  secret: Uint8Array,
  recipient: SealingKey,
  context: CopyContext,
): boolean {
  return sealCopy(secret, recipient, context) === copy;
}
