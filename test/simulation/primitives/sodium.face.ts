/**
 * Stands where the SDK's one door expects libsodium: the library itself, or ideal primitives, as
 * the present life asks. Only the hooks of the simulator lead here.
 */
import libsodium from 'libsodium-wrappers';
import {
  idealDecapsulation,
  idealEncapsulation,
  idealHash,
  idealOpen,
  idealSeal,
  idealSealingPair,
  idealSignature,
  idealSigningPair,
  isIdealSignature,
} from './ideal.js';
import { chanceOfLife, isModel } from './mode.js';

type Library = typeof libsodium;
/** The forms that the SDK uses: bytes in, bytes out. */
type Bytes = Uint8Array;

const bytes = (size: number): Bytes => chanceOfLife().bytes(size);

const face = {
  ready: libsodium.ready,
  memzero: (value: Bytes) => value.fill(0),
  randombytes_buf: bytes,
  crypto_generichash: (size: number, input: Bytes, key: Bytes | null) =>
    isModel() ? idealHash(size, input, key) : libsodium.crypto_generichash(size, input, key),
  crypto_sign_seed_keypair: (seed: Bytes) =>
    isModel() ? idealSigningPair(seed) : libsodium.crypto_sign_seed_keypair(seed),
  crypto_sign_detached: (message: Bytes, key: Bytes) =>
    isModel() ? idealSignature(message, key) : libsodium.crypto_sign_detached(message, key),
  crypto_sign_verify_detached: (signature: Bytes, message: Bytes, key: Bytes) =>
    isModel()
      ? isIdealSignature(signature, message, key)
      : libsodium.crypto_sign_verify_detached(signature, message, key),
  crypto_kem_xwing_seed_keypair: (seed: Bytes) =>
    isModel() ? idealSealingPair(seed) : libsodium.crypto_kem_xwing_seed_keypair(seed),
  crypto_kem_xwing_enc_deterministic: (key: Bytes, seed: Bytes) =>
    isModel()
      ? idealEncapsulation(key, seed)
      : libsodium.crypto_kem_xwing_enc_deterministic(key, seed),
  crypto_kem_xwing_dec: (sealed: Bytes, key: Bytes) =>
    isModel() ? idealDecapsulation(sealed, key) : libsodium.crypto_kem_xwing_dec(sealed, key),
  crypto_aead_xchacha20poly1305_ietf_encrypt: (
    plain: Bytes,
    context: Bytes,
    _unused: null,
    nonce: Bytes,
    key: Bytes,
  ) =>
    isModel()
      ? idealSeal(plain, context, nonce, key)
      : libsodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, null, nonce, key),
  crypto_aead_xchacha20poly1305_ietf_decrypt: (
    _unused: null,
    sealed: Bytes,
    context: Bytes,
    nonce: Bytes,
    key: Bytes,
  ) =>
    isModel()
      ? idealOpen(sealed, context, nonce, key)
      : libsodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, context, nonce, key),
};

/** Files are sealed by the library in every life: its streams draw their own headers. */
const whole: unknown = { ...libsodium, ...face };

// The library that this stands for has a default export, and no other.
// eslint-disable-next-line no-restricted-syntax
export default whole as Library;
