/**
 * Published Ed25519 vectors on both sides: Wycheproof's, and the edge cases of "Taming the many
 * EdDSAs". Client (libsodium) and server (OpenSSL) must say the same of each, and be strict.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { verifyStrictBytes } from '@liaison/sdk/crypto/signing';
import { ready } from '@liaison/sdk/crypto/sodium';
import { z } from 'zod';
import { verifyStrict } from '../../src/platform/signatures/ed25519.js';
import { counted, hex, readVectors } from './published.js';

const Wycheproof = z.object({
  testGroups: z.array(
    z.object({
      publicKey: z.object({ pk: z.string() }),
      tests: z.array(
        z.object({ tcId: z.number(), msg: z.string(), sig: z.string(), result: z.string() }),
      ),
    }),
  ),
});
const EdgeCases = z.array(
  z.object({ message: z.string(), pub_key: z.string(), signature: z.string() }),
);

interface Said {
  readonly client: boolean;
  readonly server: boolean;
}

function said(key: string, message: string, signature: string): Said {
  const parts = [hex(key), hex(message), hex(signature)] as const;
  return { client: verifyStrictBytes(...parts), server: verifyStrict(...parts) };
}

beforeAll(async () => {
  await ready();
});

describe('Ed25519', () => {
  test('Wycheproof: both sides take what is valid and refuse the rest', () => {
    const { testGroups } = readVectors('ed25519_test.json', Wycheproof);
    const cases = testGroups.flatMap(({ publicKey, tests }) =>
      tests.map((one) => ({ ...one, key: publicKey.pk })),
    );
    counted('Wycheproof Ed25519', cases, 151);
    const wrong = cases.filter(({ key, msg, sig, result }) => {
      const { client, server } = said(key, msg, sig);
      return client !== (result === 'valid') || server !== client;
    });
    expect(wrong).toEqual([]);
  });

  /**
   * Of the twelve, the fourth alone is taken: key and nonce point carry torsion that cancels, so
   * the equation without cofactor holds, and neither is of small order. All others are refused.
   */
  test('speccheck: both sides are strict, and agree', () => {
    const cases = readVectors('cases.json', EdgeCases);
    counted('ed25519-speccheck', cases, 12);
    const all = cases.map((one) => said(one.pub_key, one.message, one.signature));
    expect(all).toEqual(cases.map((_, i) => ({ client: i === 3, server: i === 3 })));
  });
});
