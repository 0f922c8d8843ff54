/**
 * Published vectors of what hashes, derives and keeps: BLAKE2b by the self-test of RFC 7693, whose
 * one digest judges 24 plain and 24 keyed hashes; WebCrypto, on which a browser's store stands.
 */
import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { ready, sodium } from '@liaison/sdk/crypto/sodium';
import { z } from 'zod';
import { counted, hex, readVectors, toHex } from './published.js';

const suiteOf = <T extends z.ZodRawShape, G extends z.ZodRawShape>(shape: T, group: G) =>
  z.object({ testGroups: z.array(z.object({ ...group, tests: z.array(z.object(shape)) })) });
const text = z.string();
const Derivation = suiteOf(
  { ikm: text, salt: text, info: text, size: z.number(), okm: text, result: text },
  {},
);
const Aead = suiteOf(
  { key: text, iv: text, aad: text, msg: text, ct: text, tag: text, result: text },
  { ivSize: z.number(), keySize: z.number() },
);

const OUTPUTS = [20, 32, 48, 64];
const INPUTS = [0, 3, 128, 129, 255, 1024];

/** RFC 7693, appendix E: a Fibonacci generator's upper bytes. */
function sequence(size: number): Uint8Array {
  let [a, b] = [Math.imul(0xdead4bad, size) >>> 0, 1];
  return Uint8Array.from({ length: size }, () => {
    [a, b] = [b, (a + b) >>> 0];
    return b >>> 24;
  });
}

beforeAll(async () => {
  await ready();
});

test('RFC 7693: BLAKE2b, plain and keyed, at every size', () => {
  const all = OUTPUTS.flatMap((size) =>
    INPUTS.flatMap((length) =>
      [null, sequence(size)].map((key) => sodium().crypto_generichash(size, sequence(length), key)),
    ),
  );
  counted('RFC 7693 BLAKE2b', all, 48);
  const whole = sodium().crypto_generichash(32, Buffer.concat(all), null);
  expect(toHex(whole)).toBe('c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475');
});

test('the server hashes as the client does', () => {
  for (const length of INPUTS) {
    const server = createHash('blake2b512').update(sequence(length)).digest('hex');
    expect(toHex(sodium().crypto_generichash(64, sequence(length), null))).toBe(server);
  }
});

test('Wycheproof HKDF-SHA-256, by which a passkey opens a store', async () => {
  const cases = readVectors('hkdf_sha256_test.json', Derivation).testGroups.flatMap(
    ({ tests }) => tests,
  );
  counted('Wycheproof HKDF-SHA-256', cases, 86);
  const wrong = [];
  for (const one of cases) {
    const [salt, info] = [new Uint8Array(hex(one.salt)), new Uint8Array(hex(one.info))];
    const secret = new Uint8Array(hex(one.ikm));
    const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
    const how = { name: 'HKDF', hash: 'SHA-256', salt, info };
    const made = await crypto.subtle.deriveBits(how, key, one.size * 8).catch(() => null);
    const found = made === null ? null : toHex(new Uint8Array(made));
    if (found !== (one.result === 'valid' ? one.okm : null)) wrong.push(one);
  }
  expect(wrong).toEqual([]);
});

test('Wycheproof AES-256-GCM, under which a store keeps its rows', async () => {
  const cases = readVectors('aes_gcm_test.json', Aead)
    .testGroups.filter(({ ivSize, keySize }) => ivSize === 96 && keySize === 256)
    .flatMap(({ tests }) => tests);
  counted('Wycheproof AES-256-GCM', cases, 60);
  const wrong = [];
  for (const one of cases) {
    const [raw, iv, additionalData] = [one.key, one.iv, one.aad].map(
      (part) => new Uint8Array(hex(part)),
    );
    const how = { name: 'AES-GCM', iv: iv!, additionalData: additionalData! };
    const key = await crypto.subtle.importKey('raw', raw!, 'AES-GCM', false, ['decrypt']);
    const whole = new Uint8Array(hex(one.ct + one.tag));
    const opened = await crypto.subtle.decrypt(how, key, whole).catch(() => null);
    const found = opened === null ? null : toHex(new Uint8Array(opened));
    if (found !== (one.result === 'valid' ? one.msg : null)) wrong.push(one);
  }
  expect(wrong).toEqual([]);
});
