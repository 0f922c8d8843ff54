/**
 * The client's half of the one hash that both sides compute: BLAKE2b-512 truncated to 32 bytes.
 * What goes in is framed by the contract; this file must never choose what is hashed.
 */
import { toBase64Url } from '@liaison/contract/bytes';
import type { Hash } from '@liaison/contract/ids';
import { sodium } from './sodium.js';

const BLAKE2B_BYTES = 64;
const HASH_BYTES = 32;

export function hashBytes(input: Uint8Array): Uint8Array {
  // A copy: a view of so few bytes would have the engine move them out of its own heap first.
  return sodium().crypto_generichash(BLAKE2B_BYTES, input, null).slice(0, HASH_BYTES);
}

export function hash(input: Uint8Array): Hash {
  return toBase64Url(hashBytes(input)) as Hash;
}
