/** The client's trees and notes against the protocol's vectors: roots, proofs, one note. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import type { Hash, Origin, SigningKey } from '@liaison/contract/ids';
import { EMPTY_EDGE, grewFrom, grownEdge, rootOf } from '../crypto/merkle-tree.js';
import { ready } from '../crypto/sodium.js';
import { readNote } from './checkpoint.js';

interface Trees {
  readonly origin: Origin;
  readonly leaves: readonly { readonly content: string }[];
  readonly roots: readonly { readonly size: number; readonly root: Hash }[];
  readonly proofs: readonly { readonly from: number; readonly to: number; proof: Hash[] }[];
  readonly checkpoint: { readonly logKey: SigningKey; readonly note: string };
}

const path = new URL('../../test/vectors/trees.json', import.meta.url);
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

beforeAll(async () => {
  await ready();
});

test('trees grow to the same roots, by proofs that hold, under a note that opens', async () => {
  const { origin, leaves, roots, proofs, checkpoint } = JSON.parse(
    readFileSync(path, 'utf8'),
  ) as Trees;
  const contents = leaves.map(({ content }) => bytes(content));
  for (const { size, root } of roots) {
    const edge = await grownEdge(EMPTY_EDGE, contents.slice(0, size));
    expect(await rootOf(edge)).toBe(root);
  }
  const at = (size: number) => roots.find((one) => one.size === size)!;
  for (const { from, to, proof } of proofs) {
    expect(await grewFrom(at(from), at(to), proof)).toBe(true);
    expect(await grewFrom({ ...at(from), root: at(0).root }, at(to), proof)).toBe(false);
  }
  const log = { origin, tree: 'identities' as const, logKey: checkpoint.logKey };
  expect(readNote(checkpoint.note, log)).toMatchObject(at(leaves.length));
});
