/**
 * Files, recovery code, ids and duds: the parts of the cryptography that the logs do not exercise.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import { Hash, type PersonId, type SealingKey, Uuid, ZERO_HASH } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import fc from 'fast-check';
import { openFile, sealFile } from './attachment.js';
import { copiesRoot, copyProof, verifyCopyProof } from './copies-tree.js';
import { pad, padme, unpad } from './padding.js';
import { entryIds, randomBytes } from './random.js';
import {
  isSameWord,
  newRecoveryEntropy,
  readRecoveryWords,
  recoveryKeys,
  recoveryWords,
} from './recovery.js';
import { isTrueCopy, newSealingPair, openCopy, sealCopy } from './sealing.js';
import { ready } from './sodium.js';

const ID = Uuid.parse('6f9619ff-8b86-4d01-b42d-00cf4fc964ff');
const OTHER = Uuid.parse('6f9619ff-8b86-4d01-b42d-00cf4fc964fe');

/**
 * Not random: the library asks for chance four bytes at a time, which is slow under the test
 * runner.
 */
const someBytes = (size: number): Uint8Array => new Uint8Array(size).map((_, i) => i);

beforeAll(async () => {
  await ready();
});

describe('sealed files', () => {
  test.each([0, 1, 5000, LIMITS.attachmentChunkBytes.value, 700_000])('of %i bytes', (size) => {
    const bytes = someBytes(size);
    const file = sealFile(ID, bytes);
    const opened = openFile(ID, file, file.sealed);
    expect(opened.ok && Buffer.from(opened.bytes).equals(bytes)).toBe(true);
  });

  test('open only whole, in order, under their id, and as they were sealed', () => {
    const file = sealFile(ID, someBytes(700_000));
    const [a, b, c] = file.sealed as [Uint8Array, Uint8Array, Uint8Array];
    expect(openFile(ID, file, [a, b])).toMatchObject({ why: 'chunk-missing' });
    expect(openFile(ID, file, [b, a, c])).toMatchObject({ why: 'hash' });
    expect(openFile(OTHER, file, file.sealed)).toMatchObject({ why: 'not-opened' });
    expect(openFile(ID, { ...file, size: 1 }, file.sealed)).toMatchObject({ why: 'not-opened' });
    expect(openFile(ID, { ...file, key: ZERO_HASH }, file.sealed)).toMatchObject({ ok: false });
  });
});

describe('padding', () => {
  test('comes off as it went on, and shows little', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
        const padded = pad(content);
        expect(unpad(padded)).toEqual(content);
        expect(padded.length).toBeLessThanOrEqual(Math.max(512, (content.length + 4) * 1.12));
      }),
    );
    expect(padme(padme(70_001))).toBe(padme(70_001));
  });

  test('that is not ours is refused', () => {
    const padded = pad(new Uint8Array(10));
    expect(unpad(padded.subarray(1))).toBeNull();
    const dirty = Uint8Array.from(padded);
    dirty[500] = 1;
    expect(unpad(dirty)).toBeNull();
    expect(unpad(new Uint8Array(2))).toBeNull();
  });
});

describe('the recovery code', () => {
  const entropy = Uint8Array.from({ length: 16 }, (_, i) => i * 16 + 1);
  const person = ZERO_HASH as string as PersonId;

  test('is read back however it is typed', () => {
    const words = recoveryWords(entropy);
    expect(words).toHaveLength(12);
    const plain = words.map((word) => word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase());
    for (const typed of [words, words.join('  '), plain, plain.join('\n- ')]) {
      expect(readRecoveryWords(typed)).toEqual({ ok: true, entropy });
    }
    const short = words.map((word) => word.normalize('NFD').replace(/\p{M}/gu, '').slice(0, 4));
    expect(readRecoveryWords(short)).toEqual({ ok: true, entropy });
    expect(isSameWord(plain[0]!, words[0]!)).toBe(true);
    expect(isSameWord('zzzz', words[0]!)).toBe(false);
  });

  test('names the wrong word, the missing one and the slip that only the checksum sees', () => {
    const words = recoveryWords(entropy);
    const wrong = words.with(2, 'liaizon').with(11, 'xyz');
    expect(readRecoveryWords(wrong)).toMatchObject({ why: 'unknown-word', positions: [3, 12] });
    expect(readRecoveryWords(words.slice(1))).toMatchObject({ why: 'count', found: 11 });
    const swapped = words.with(3, words[4]!).with(4, words[3]!);
    expect(readRecoveryWords(swapped)).toMatchObject({ why: 'checksum' });
  });

  test('survives any entropy, and gives each person other keys', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (some) => {
        expect(readRecoveryWords(recoveryWords(some))).toEqual({ ok: true, entropy: some });
      }),
    );
    const other = Hash.parse('A'.repeat(42) + 'E') as string as PersonId;
    const keys = [person, other].map((one) => recoveryKeys(entropy, one).signing.publicKey);
    expect(new Set(keys).size).toBe(2);
    expect(newRecoveryEntropy()).toHaveLength(16);
  });
});

describe('entry ids', () => {
  test('grow whatever the clock does', () => {
    const times = [5, 5, 5, 3, 9, 2];
    const next = entryIds(() => times.shift() ?? 2);
    const ids = Array.from({ length: 5000 }, next);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('sealed copies', () => {
  const context = () => ({
    owner: ZERO_HASH as string as PersonId,
    number: 1,
    commitment: ZERO_HASH,
    prev: ZERO_HASH,
  });

  test('open for their recipient in their context only, and can be proven', () => {
    const [pair, other] = [newSealingPair(), newSealingPair()];
    const secret = randomBytes(32);
    const copy = sealCopy(secret, pair.publicKey, context());
    expect(openCopy(copy, pair, context())).toEqual(secret);
    expect(openCopy(copy, other, context())).toBeNull();
    expect(openCopy(copy, pair, { ...context(), number: 2 })).toBeNull();
    const prev = Hash.parse('A'.repeat(42) + 'E');
    expect(openCopy(copy, pair, { ...context(), prev })).toBeNull();
    expect(isTrueCopy(copy, secret, pair.publicKey, context())).toBe(true);
    expect(isTrueCopy(copy, randomBytes(32), pair.publicKey, context())).toBe(false);
  });

  test('to a key that takes none are duds and stop nobody', () => {
    const good = fromBase64Url(newSealingPair().publicKey);
    const [modulus, point] = [Uint8Array.from(good), Uint8Array.from(good)];
    modulus.fill(0xff, 0, 3);
    point.fill(0, 1184);
    for (const bad of [modulus, point]) {
      const key = toBase64Url(bad) as SealingKey;
      expect(canBeSealedTo(key)).toBe(false);
      const copy = sealCopy(randomBytes(32), key, context());
      expect(openCopy(copy, newSealingPair(), context())).toBeNull();
    }
    expect(canBeSealedTo(toBase64Url(good) as SealingKey)).toBe(true);
  });

  test('are proven against one root, at one place', () => {
    const copies = Array.from({ length: 11 }, (_, i) => ({
      recipient: `p.${String(i).padStart(43, '0')}`,
      copy: toBase64Url(new Uint8Array(1168).fill(i)) as ReturnType<typeof sealCopy>,
    }));
    const root = copiesRoot(copies);
    for (const one of copies) {
      const at = copyProof(copies, one.recipient)!;
      expect(verifyCopyProof(root, one, at)).toBe(true);
      expect(verifyCopyProof(root, { ...one, recipient: 'x' }, at)).toBe(false);
      expect(verifyCopyProof(root, one, { ...at, index: (at.index + 1) % 11 })).toBe(false);
      expect(verifyCopyProof(root, one, { ...at, proof: at.proof.slice(1) })).toBe(false);
      expect(verifyCopyProof(root, one, { ...at, index: 11 })).toBe(false);
    }
  });
});
