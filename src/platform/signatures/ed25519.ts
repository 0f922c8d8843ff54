/**
 * Strict Ed25519 on node:crypto: the bytes are checked first, then OpenSSL computes. OpenSSL
 * compares R without clearing the cofactor, so whatever passes here passes at every client too.
 * It must never sign with a key that belongs to a person: the server has none.
 */
import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import { toBase64Url } from '@liaison/contract/bytes';
import { Lru } from '../cache/lru.js';
import { isStrictPoint, isStrictSignature } from './ed25519.bytes.js';

/** RFC 8410: the bytes before an Ed25519 key in a SubjectPublicKeyInfo. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Importing a key costs a tenth of a verification; these are the devices active this hour. */
const CACHED_KEYS = 4096;
const keys = new Lru<string, KeyObject>(CACHED_KEYS);

function keyObject(publicKey: Uint8Array): KeyObject {
  const name = toBase64Url(publicKey);
  const known = keys.get(name);
  if (known !== undefined) return known;
  const der = Buffer.concat([SPKI_PREFIX, publicKey]);
  const made = createPublicKey({ key: der, format: 'der', type: 'spki' });
  keys.set(name, made);
  return made;
}

/** Whether these bytes may enter a log as somebody's signing key. */
export function isStrictKey(publicKey: Uint8Array): boolean {
  return isStrictPoint(publicKey);
}

const isStrict = (publicKey: Uint8Array, signature: Uint8Array): boolean =>
  isStrictKey(publicKey) && isStrictSignature(signature);

/** Whether the signature over the message is right, by the strict rules. */
export function verifyStrict(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return isStrict(publicKey, signature) && verify(null, message, keyObject(publicKey), signature);
}

/** The same on another thread, for the append path: 0.17 ms of which the event loop sees little. */
export function verifyStrictAside(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isStrict(publicKey, signature)) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    verify(null, message, keyObject(publicKey), signature, (error, right) =>
      error === null ? resolve(right) : reject(error),
    );
  });
}
