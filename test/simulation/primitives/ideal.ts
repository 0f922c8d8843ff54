/**
 * Ideal primitives: what each one promises and nothing of how. A signature is right if it is the
 * one that the key's owner would make; a sealed thing opens with the same key, nonce and context
 * and with no other; what is encapsulated for a key is found by its secret half alone. Nothing here
 * hides anything from whoever reads the bytes: nobody in a life reads bytes but through these.
 */
import { hash } from 'node:crypto';
import { concat, sameBytes, writeU32, writeUtf8 } from '@liaison/contract/bytes';

const TAG_BYTES = 16;
const ID_BYTES = 32;
const SHARED_BYTES = 32;
const ENCAPSULATION_SEED_BYTES = 64;
const KEM_BYTES = 1120;
/** An X-Wing key: 1152 bytes of coefficients, 32 that are free, and a point. */
const COEFFICIENT_BYTES = 1152;

const HASH = 'blake2b512';
const LENGTH_BYTES = 4;

/** Room to put parts together in; what is hashed is read out of it before the next one comes. */
let desk = new Uint8Array(4096);

/** Each part after its length, so that no two lists of parts are the same bytes. */
function digest(label: string, ...parts: readonly Uint8Array[]): Uint8Array {
  let most = label.length * 3;
  for (const part of parts) most += LENGTH_BYTES + part.length;
  if (desk.length < most) desk = new Uint8Array(most * 2);
  let at = writeUtf8(desk, 0, label);
  for (const part of parts) {
    at = writeU32(desk, at, part.length);
    desk.set(part, at);
    at += part.length;
  }
  return hash(HASH, desk.subarray(0, at), 'buffer');
}

/** A y below the field's prime, and not that of a point of small order. */
function pointLike(bytes: Uint8Array): Uint8Array {
  const point = Uint8Array.from(bytes.subarray(0, 32));
  point[31] = (point[31] ?? 0) & 0x3f;
  return point;
}

/** A number below the order of the group. */
function scalarLike(bytes: Uint8Array): Uint8Array {
  const scalar = Uint8Array.from(bytes.subarray(0, 32));
  scalar[31] = (scalar[31] ?? 0) & 0x0f;
  return scalar;
}

export function idealHash(size: number, input: Uint8Array, key: Uint8Array | null): Uint8Array {
  // Without a key it is the hash that the server computes too.
  if (key === null) return hash(HASH, input, 'buffer').subarray(0, size);
  return digest('keyed', key, input).subarray(0, size);
}

export function idealSigningPair(seed: Uint8Array) {
  const publicKey = pointLike(digest('signing', seed));
  return { publicKey, privateKey: concat(seed, publicKey), keyType: 'ed25519' as const };
}

function signatureOf(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const sum = digest('signature', publicKey, message);
  return concat(pointLike(sum), scalarLike(sum.subarray(32)));
}

export function idealSignature(message: Uint8Array, privateKey: Uint8Array): Uint8Array {
  return signatureOf(privateKey.subarray(32), message);
}

export function isIdealSignature(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  return sameBytes(signatureOf(publicKey, message), signature);
}

const sealingId = (seed: Uint8Array): Uint8Array =>
  pointLike(digest('sealing', seed)).subarray(0, ID_BYTES);

export function idealSealingPair(seed: Uint8Array) {
  const id = sealingId(seed);
  const publicKey = concat(new Uint8Array(COEFFICIENT_BYTES), id, id);
  return { publicKey, privateKey: Uint8Array.from(seed), keyType: 'xwing' as const };
}

export function idealEncapsulation(publicKey: Uint8Array, seed: Uint8Array) {
  const id = publicKey.subarray(COEFFICIENT_BYTES, COEFFICIENT_BYTES + ID_BYTES);
  const ciphertext = new Uint8Array(KEM_BYTES);
  ciphertext.set(seed);
  const sharedSecret = digest('shared', id, seed).subarray(0, SHARED_BYTES);
  return { ciphertext, sharedSecret };
}

export function idealDecapsulation(ciphertext: Uint8Array, secret: Uint8Array): Uint8Array {
  const seed = ciphertext.subarray(0, ENCAPSULATION_SEED_BYTES);
  return digest('shared', sealingId(secret), seed).subarray(0, SHARED_BYTES);
}

export function idealSeal(
  plain: Uint8Array,
  context: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): Uint8Array {
  return concat(plain, tagOf(plain, context, nonce, key));
}

function tagOf(
  plain: Uint8Array,
  context: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): Uint8Array {
  return digest('seal', key, nonce, context, plain).subarray(0, TAG_BYTES);
}

/** Throws where it does not open, as the library does. */
export function idealOpen(
  sealed: Uint8Array,
  context: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): Uint8Array {
  const plain = sealed.slice(0, Math.max(0, sealed.length - TAG_BYTES));
  const tag = sealed.subarray(plain.length);
  if (!sameBytes(tagOf(plain, context, nonce, key), tag)) throw new Error('does not open');
  return plain;
}
