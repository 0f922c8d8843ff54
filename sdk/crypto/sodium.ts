/**
 * The only door to libsodium. Everything else of the SDK sees this face, so that the simulator can
 * put ideal primitives behind it. It must never hold a key or know what is sealed.
 */
import libsodium from 'libsodium-wrappers';

/** The primitives that version 1 uses, and no other. */
export type Sodium = Pick<
  typeof libsodium,
  | 'crypto_aead_xchacha20poly1305_ietf_decrypt'
  | 'crypto_aead_xchacha20poly1305_ietf_encrypt'
  | 'crypto_generichash'
  | 'crypto_kem_xwing_dec'
  | 'crypto_kem_xwing_enc_deterministic'
  | 'crypto_kem_xwing_seed_keypair'
  | 'crypto_secretstream_xchacha20poly1305_init_pull'
  | 'crypto_secretstream_xchacha20poly1305_init_push'
  | 'crypto_secretstream_xchacha20poly1305_pull'
  | 'crypto_secretstream_xchacha20poly1305_push'
  | 'crypto_sign_detached'
  | 'crypto_sign_seed_keypair'
  | 'crypto_sign_verify_detached'
  | 'memzero'
>;

let face: Sodium | null = null;

/** Loads the library once. Everything in sdk/crypto works synchronously after it. */
export async function ready(): Promise<Sodium> {
  if (face !== null) return face;
  await libsodium.ready;
  face = libsodium;
  return face;
}

/** The loaded library. Throws when nobody awaited `ready()`: a mistake of the programmer. */
export function sodium(): Sodium {
  if (face === null) throw new Error('sodium: await ready() before any cryptography');
  return face;
}
