/**
 * Strict Ed25519. What is signed comes framed from contract/signing.ts: this file must never sign
 * bytes that do not start with a domain.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { Signature, SigningKey } from '@liaison/contract/ids';
import { isStrictPoint, isStrictSignature } from './ed25519.bytes.js';
import { type RandomBytes, random32, randomBytes } from './random.js';
import { sodium } from './sodium.js';

export interface SigningPair {
  readonly publicKey: SigningKey;
  /** 64 bytes: seed ‖ public key. */
  readonly secretKey: Uint8Array;
}

export function signingPairFromSeed(seed: Uint8Array): SigningPair {
  const { publicKey, privateKey } = sodium().crypto_sign_seed_keypair(seed);
  return { publicKey: toBase64Url(publicKey) as SigningKey, secretKey: privateKey };
}

export function newSigningPair(random: RandomBytes = randomBytes): SigningPair {
  const seed = random32(random);
  const pair = signingPairFromSeed(seed);
  sodium().memzero(seed);
  return pair;
}

export function sign(secretKey: Uint8Array, bytes: Uint8Array): Signature {
  return toBase64Url(sodium().crypto_sign_detached(bytes, secretKey)) as Signature;
}

/** Whether a signature over the bytes is right by the strict rules. */
export function verifyStrictBytes(
  key: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!isStrictPoint(key) || !isStrictSignature(signature)) return false;
  return sodium().crypto_sign_verify_detached(signature, bytes, key);
}

/** The same for the wire's text forms. */
export function verifyStrict(key: SigningKey, bytes: Uint8Array, signature: Signature): boolean {
  return verifyStrictBytes(fromBase64Url(key), bytes, fromBase64Url(signature));
}

/** Whether a key may enter a log. */
export function isStrictKey(key: SigningKey): boolean {
  return isStrictPoint(fromBase64Url(key));
}
