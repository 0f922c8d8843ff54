/**
 * The client's side of the vectors: what it makes and accepts is what is written, byte for byte.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCanonical } from '@liaison/contract/encoding';
import type { EdgeCase } from '../../test/vectors/ed25519-edges.js';
import { vectors } from '../../test/vectors/generate.js';
import { verifyStrictBytes } from './signing.js';
import { ready } from './sodium.js';

const FILES = [
  'encoding.json',
  'ed25519.json',
  'signing.json',
  'sealing.json',
  'bodies.json',
  'copies-tree.json',
  'recovery.json',
  'links.json',
  'leases.json',
  'continuity.json',
  'device-names.json',
  'attachments.json',
  'words.json',
  'trees.json',
];
const folder = new URL('../../test/vectors/', import.meta.url);
const written = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

let made: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  await ready();
  made = vectors();
});

describe('the vectors of version 1', () => {
  test.each(FILES)('%s is what this client computes', (name) => {
    expect(JSON.parse(JSON.stringify(made[name]))).toEqual(written(name));
  });

  test.each(written('ed25519.json') as EdgeCase[])('Ed25519: $name', (edge) => {
    const { key, message, signature, valid } = edge;
    expect(verifyStrictBytes(bytes(key), bytes(message), bytes(signature))).toBe(valid);
  });

  test('texts that are not canonical are refused', () => {
    const { refused, canonical } = written('encoding.json') as {
      refused: string[];
      canonical: { text: string }[];
    };
    for (const text of refused) expect(() => parseCanonical(text)).toThrow(TypeError);
    for (const { text } of canonical) expect(() => parseCanonical(text)).not.toThrow();
  });
});
