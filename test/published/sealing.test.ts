/**
 * Published vectors of what sealing stands on: XChaCha20-Poly1305, X-Wing as the draft gives it,
 * and its two halves, ML-KEM-768 and X25519. The halves are asked of libsodium itself: the SDK's
 * door does not let them through, since nothing may use one without the other.
 */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import libsodium from 'libsodium-wrappers';
import { toBase64Url } from '@liaison/contract/bytes';
import { SealingKey } from '@liaison/contract/ids';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import { NONCE_BYTES, open, seal } from '@liaison/sdk/crypto/aead';
import { ready, sodium } from '@liaison/sdk/crypto/sodium';
import { z } from 'zod';
import { counted, hex, orRefused, readVectors, toHex } from './published.js';

const suiteOf = <T extends z.ZodRawShape>(shape: T) =>
  z.object({ testGroups: z.array(z.object({ tests: z.array(z.object(shape)) })) });
const text = z.string();
const Aead = suiteOf({
  ...{ tcId: z.number(), key: text, iv: text, aad: text, msg: text, ct: text, tag: text },
  result: text,
});
const Exchange = suiteOf({ tcId: z.number(), public: text, private: text, shared: text });
const Encapsulation = suiteOf({
  ...{ tcId: z.number(), ek: text, m: text, c: text, K: text, result: text },
});
const Decapsulation = suiteOf({
  ...{ tcId: z.number(), seed: text, ek: text.optional(), c: text, K: text, result: text },
});
const FromSeed = suiteOf({ tcId: z.number(), seed: text, ek: text });

beforeAll(async () => {
  await ready();
});

test('Wycheproof: XChaCha20-Poly1305 seals and opens, and refuses what was altered', () => {
  const cases = readVectors('xchacha20_poly1305_test.json', Aead).testGroups.flatMap(
    ({ tests }) => tests,
  );
  counted('Wycheproof XChaCha20-Poly1305', cases, 315);
  const wrong = cases.filter(({ key, iv, aad, msg, ct, tag, result }) => {
    const [nonce, whole] = [hex(iv), hex(ct + tag)];
    const opened = orRefused(() => open(hex(key), nonce, whole, hex(aad)));
    if (result !== 'valid') return opened !== null;
    const sealed = seal(hex(key), nonce, hex(msg), hex(aad));
    return nonce.length !== NONCE_BYTES || toHex(opened) !== msg || toHex(sealed) !== ct + tag;
  });
  expect(wrong).toEqual([]);
});

describe('the halves of X-Wing', () => {
  /** A shared secret of zeros is refused by libsodium; every other case gives what is published. */
  test('Wycheproof: X25519', () => {
    const cases = readVectors('x25519_test.json', Exchange).testGroups.flatMap(
      ({ tests }) => tests,
    );
    counted('Wycheproof X25519', cases, 518);
    const wrong = cases.filter((one) => {
      const made = orRefused(() => libsodium.crypto_scalarmult(hex(one.private), hex(one.public)));
      const wanted = /^0+$/.test(one.shared) ? null : one.shared;
      return toHex(made) !== wanted;
    });
    expect(wrong).toEqual([]);
  });

  test('Wycheproof: ML-KEM-768 keys from seeds', () => {
    const cases = readVectors('mlkem_768_keygen_seed_test.json', FromSeed).testGroups.flatMap(
      ({ tests }) => tests,
    );
    counted('Wycheproof ML-KEM-768 keys', cases, 100);
    const wrong = cases.filter(
      ({ seed, ek }) =>
        toHex(libsodium.crypto_kem_mlkem768_seed_keypair(hex(seed)).publicKey) !== ek,
    );
    expect(wrong).toEqual([]);
  });

  test('Wycheproof: ML-KEM-768 encapsulation', () => {
    const cases = readVectors('mlkem_768_encaps_test.json', Encapsulation).testGroups.flatMap(
      ({ tests }) => tests,
    );
    counted('Wycheproof ML-KEM-768 encapsulation', cases, 265);
    const wrong = cases.filter(({ ek, m, c, K, result }) => {
      const made = orRefused(() =>
        libsodium.crypto_kem_mlkem768_enc_deterministic(hex(ek), hex(m)),
      );
      if (result !== 'valid') return made !== null;
      return toHex(made?.ciphertext ?? null) !== c || toHex(made?.sharedSecret ?? null) !== K;
    });
    expect(wrong).toEqual([]);
  });

  /** What libsodium refuses, neither client nor server takes for somebody's key either. */
  test('Wycheproof: a key above the modulus may enter no log', () => {
    const { testGroups } = readVectors('mlkem_768_encaps_test.json', Encapsulation);
    const x25519 = libsodium.crypto_scalarmult_base(new Uint8Array(32).fill(7));
    const whole = testGroups
      .flatMap(({ tests }) => tests)
      .filter(({ ek }) => hex(ek).length === libsodium.crypto_kem_mlkem768_PUBLICKEYBYTES);
    const wrong = whole.filter(({ ek, result }) => {
      const key = SealingKey.parse(toBase64Url(Buffer.concat([hex(ek), x25519])));
      return canBeSealedTo(key) !== (result === 'valid');
    });
    expect(wrong).toEqual([]);
  });

  test('Wycheproof: ML-KEM-768 decapsulation, implicit rejection included', () => {
    const cases = readVectors('mlkem_768_test.json', Decapsulation).testGroups.flatMap(
      ({ tests }) => tests,
    );
    counted('Wycheproof ML-KEM-768 decapsulation', cases, 193);
    const wrong = cases.filter(({ seed, ek, c, K, result }) => {
      const made = orRefused(() => {
        const pair = libsodium.crypto_kem_mlkem768_seed_keypair(hex(seed));
        if (ek !== undefined && toHex(pair.publicKey) !== ek) throw new Error('another key');
        return libsodium.crypto_kem_mlkem768_dec(hex(c), pair.privateKey);
      });
      return result === 'valid' ? toHex(made) !== K : made !== null;
    });
    expect(wrong).toEqual([]);
  });
});

/**
 * The draft's vectors take their seeds from SHAKE128 of nothing and are known by the SHAKE128 of
 * their text, so that they are made here and one published digest judges them.
 */
test('X-Wing gives what the draft published', () => {
  const seeds = createHash('shake128', { outputLength: 3 * 96 }).digest();
  const rows = [0, 96, 192].flatMap((at) => {
    const [seed, eseed] = [seeds.subarray(at, at + 32), seeds.subarray(at + 32, at + 96)];
    const { publicKey, privateKey } = sodium().crypto_kem_xwing_seed_keypair(seed);
    const made = sodium().crypto_kem_xwing_enc_deterministic(publicKey, eseed);
    const { ciphertext, sharedSecret } = made;
    expect(sodium().crypto_kem_xwing_dec(ciphertext, privateKey)).toEqual(sharedSecret);
    return [
      ...[draftRow('seed', seed), draftRow('sk', privateKey), draftRow('pk', publicKey)],
      ...[draftRow('eseed', eseed), draftRow('ct', ciphertext), draftRow('ss', sharedSecret), ''],
    ];
  });
  const published = '1bcd0057d861d6b866239936cadcaeee1ec0164dedc181c386e9e54fe46156fe';
  const said = createHash('shake128', { outputLength: 32 }).update(`${rows.join('\n')}\n`);
  expect(said.digest('hex')).toBe(published);
});

/** Short values stand beside their name, long ones under it, 72 digits a line. */
function draftRow(name: string, bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString('hex');
  if (name.length + digits.length + 5 < 74) return `${name}     ${digits}`;
  return [name, ...(digits.match(/.{1,72}/g) ?? []).map((line) => `  ${line}`)].join('\n');
}
