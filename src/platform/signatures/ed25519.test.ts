/** Edge cases of Ed25519 where implementations differ: each must be refused by its bytes. */
import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '@liaison/contract/bytes';
import { isStrictKey, verifyStrict, verifyStrictAside } from './ed25519.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const message = utf8('à remettre au médecin traitant');

const rawKey = (key: KeyObject): Uint8Array =>
  Uint8Array.from(key.export({ format: 'der', type: 'spki' }).subarray(12));

const pair = generateKeyPairSync('ed25519');
const publicKey = rawKey(pair.publicKey);
const signature = Uint8Array.from(sign(null, message, pair.privateKey));

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PRIME = 2n ** 255n - 19n;

const littleEndian = (value: bigint): Uint8Array =>
  hex(value.toString(16).padStart(64, '0')).reverse();
const toNumber = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

const smallOrder = [
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  `ec${'ff'.repeat(30)}7f`,
  `ec${'ff'.repeat(31)}`,
];
const beyondPrime = [0n, 1n, 2n, 3n, 18n].flatMap((more) => {
  const bytes = littleEndian(PRIME + more);
  const negative = Uint8Array.from(bytes);
  negative[31] = (negative[31] ?? 0) | 0x80;
  return [bytes, negative];
});

describe('strict Ed25519', () => {
  test('takes a right signature, on this thread and aside', async () => {
    expect(verifyStrict(publicKey, message, signature)).toBe(true);
    expect(await verifyStrictAside(publicKey, message, signature)).toBe(true);
  });

  test('verifies the first vector of RFC 8032', () => {
    const key = hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    const known = hex(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
        '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    expect(verifyStrict(key, new Uint8Array(), known)).toBe(true);
  });

  test.each([0, 31, 32, 63])('refuses a bit changed in byte %i', async (at) => {
    const changed = Uint8Array.from(signature);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(verifyStrict(publicKey, message, changed)).toBe(false);
    expect(await verifyStrictAside(publicKey, message, changed)).toBe(false);
  });

  test('refuses S + L, the same signature in another form', () => {
    const malleable = join(
      signature.subarray(0, 32),
      littleEndian(toNumber(signature.subarray(32)) + ORDER),
    );
    expect(verifyStrict(publicKey, message, malleable)).toBe(false);
  });

  test('refuses S = L', () => {
    const edge = join(signature.subarray(0, 32), littleEndian(ORDER));
    expect(verifyStrict(publicKey, message, edge)).toBe(false);
  });

  test.each(smallOrder)('refuses the small-order point %s as key and as R', (text) => {
    expect(isStrictKey(hex(text))).toBe(false);
    expect(verifyStrict(hex(text), message, signature)).toBe(false);
    expect(verifyStrict(publicKey, message, join(hex(text), signature.subarray(32)))).toBe(false);
  });

  test('refuses the forgery under a small-order key that some releases of OpenSSL accept', () => {
    const neutral = hex(`01${'00'.repeat(31)}`);
    const forged = join(neutral, new Uint8Array(32));
    expect(verifyStrict(neutral, message, forged)).toBe(false);
  });

  test('refuses points written with y ≥ p', () => {
    for (const bytes of beyondPrime) {
      expect(isStrictKey(bytes)).toBe(false);
      expect(verifyStrict(publicKey, message, join(bytes, signature.subarray(32)))).toBe(false);
    }
  });

  test.each([0, 31, 33])('refuses a key of %i bytes', (size) => {
    expect(verifyStrict(new Uint8Array(size), message, signature)).toBe(false);
  });

  test.each([0, 63, 65])('refuses a signature of %i bytes', (size) => {
    expect(verifyStrict(publicKey, message, new Uint8Array(size))).toBe(false);
  });
});
