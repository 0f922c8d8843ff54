/**
 * XChaCha20-Poly1305-IETF. A wrong key, context or byte gives null, never an exception: sealed
 * things that do not open are a state that people are told about.
 */
import { sodium } from './sodium.js';

export const NONCE_BYTES = 24;

export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  context: Uint8Array,
): Uint8Array {
  return sodium().crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, null, nonce, key);
}

export function open(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  context: Uint8Array,
): Uint8Array | null {
  return orNull(() =>
    sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, context, nonce, key),
  );
}

/** The library throws where a sealed thing does not open; here that is null. */
export function orNull<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch (error) {
    // Not of our own making, so nothing else than "does not open" can be behind it.
    if (error instanceof Error) return null;
    throw error;
  }
}
