/**
 * The server's half of the one hash that both sides compute: BLAKE2b-512 truncated to 32 bytes.
 * What goes in is framed by the contract; this file must never choose what is hashed.
 */
import { hash as digest } from 'node:crypto';
import { toBase64Url } from '@liaison/contract/bytes';
import type { Hash } from '@liaison/contract/ids';

const HASH_BYTES = 32;

/** The 32 bytes themselves, where they go into another hash or a column. */
export function hashBytes(input: Uint8Array): Uint8Array {
  return digest('blake2b512', input, 'buffer').subarray(0, HASH_BYTES);
}

/** The hash in its one text form. */
export function hash(input: Uint8Array): Hash {
  return toBase64Url(hashBytes(input)) as Hash;
}
