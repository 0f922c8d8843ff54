/** A key that a passkey closes opens for the same secret at the same place, and never else. */
import { describe, expect, test } from '@jest/globals';
import { closeKey, freshSalt, type KeyPlace, openKey, passkeyInput } from './passkey-key.js';
import { passkeySecret } from './passkey-key.js';
import { freshRowKey, openRow, sealRow } from './row-seal.js';

const bytes = (value: number) => new Uint8Array(32).fill(value);
const place: KeyPlace = { origin: 'https://a.test', credential: 'one', salt: bytes(7) };
const words = new TextEncoder().encode('a secret row');

async function closed() {
  const key = await freshRowKey(true);
  const row = await sealRow(key, 'secrets', 'device', words);
  return { row, kept: await closeKey(key, await passkeySecret(bytes(1)), place) };
}

describe('a key that a passkey closes', () => {
  test('opens for the same secret, and then shows itself to nobody', async () => {
    const { row, kept } = await closed();
    const key = await openKey(kept, await passkeySecret(bytes(1)), place);
    if (key === null) throw new Error('It did not open.');
    expect(await openRow(key, 'secrets', 'device', row)).toEqual(words);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  test.each<[string, number, Partial<KeyPlace>]>([
    ['another secret', 2, {}],
    ['another deployment', 1, { origin: 'https://b.test' }],
    ['another passkey', 1, { credential: 'two' }],
    ['another store', 1, { salt: bytes(8) }],
  ])('does not open for %s', async (_what, secret, other) => {
    const { kept } = await closed();
    const found = await openKey(kept, await passkeySecret(bytes(secret)), { ...place, ...other });
    expect(found).toBeNull();
  });

  test('does not open once a bit of it was changed', async () => {
    const { kept } = await closed();
    const sealed = new Uint8Array(kept.sealed.slice(0));
    sealed[3] = (sealed[3] ?? 0) ^ 1;
    const bent = { ...kept, sealed: sealed.buffer };
    expect(await openKey(bent, await passkeySecret(bytes(1)), place)).toBeNull();
  });
});

test('a row opens at its own place only', async () => {
  const key = await freshRowKey();
  const row = await sealRow(key, 'secrets', 'device', words);
  await expect(openRow(key, 'secrets', 'person/000001', row)).rejects.toThrow();
  await expect(openRow(key, 'drafts', 'device', row)).rejects.toThrow();
});

test('the authenticator’s bytes are blanked, and asked for one use at a time', async () => {
  const output = bytes(1);
  await passkeySecret(output);
  expect(output).toEqual(bytes(0));
  const salt = freshSalt();
  expect(passkeyInput('store', salt)).not.toEqual(passkeyInput('post', salt));
  expect(passkeyInput('store', salt)).not.toEqual(passkeyInput('store', freshSalt()));
});
