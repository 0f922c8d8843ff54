/**
 * Keys from keys: BLAKE2b keyed with the secret over the framed label and context
 * (docs/decisions/0004). The secret must be uniform: random bytes, a KEM's output, or this one's.
 */
import { type Domain, framed } from '@liaison/contract/encoding';
import { sodium } from './sodium.js';

export const SECRET_BYTES = 32;

export function derive(
  secret: Uint8Array,
  label: Domain,
  context: readonly Uint8Array[] = [],
  size = SECRET_BYTES,
): Uint8Array {
  return sodium().crypto_generichash(size, framed(label, ...context), secret);
}
