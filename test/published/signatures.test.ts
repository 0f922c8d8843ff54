/**
 * Published vectors of signatures. Ed25519 on both sides: client (libsodium) and server (OpenSSL)
 * must say the same of each case, and be strict; the classes of "Taming the many EdDSAs" are among
 * our own in test/vectors/ed25519.json. RS256, by which the provider's tokens are believed.
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
const RsaCase = z.object({ msg: z.string(), sig: z.string(), result: z.string() });
type RsaCase = z.infer<typeof RsaCase>;
const Rsa = z.object({
  testGroups: z.array(z.object({ publicKeyDer: z.string(), tests: z.array(RsaCase) })),
});

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
    counted('Wycheproof Ed25519', cases, 150);
    const wrong = cases.filter(({ key, msg, sig, result }) => {
      const { client, server } = said(key, msg, sig);
      return client !== (result === 'valid') || server !== client;
    });
    expect(wrong).toEqual([]);
  });
});

/** jose verifies tokens by WebCrypto, in Node as in a browser. "acceptable" may go either way. */
test('Wycheproof RSA PKCS #1 with SHA-256: nothing forged is taken', async () => {
  const { testGroups } = readVectors('rsa_signature_2048_sha256_test.json', Rsa);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const said = await Promise.all(
    testGroups.map(async ({ publicKeyDer, tests }) => {
      const spki = new Uint8Array(hex(publicKeyDer));
      const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
      const verified = ({ msg, sig }: RsaCase) =>
        crypto.subtle.verify(algorithm, key, new Uint8Array(hex(sig)), new Uint8Array(hex(msg)));
      return Promise.all(tests.map(async (one) => ({ ...one, taken: await verified(one) })));
    }),
  );
  const cases = said.flat().filter(({ result }) => result !== 'acceptable');
  counted('Wycheproof RS256', cases, 258);
  expect(cases.filter(({ taken, result }) => taken !== (result === 'valid'))).toEqual([]);
});
