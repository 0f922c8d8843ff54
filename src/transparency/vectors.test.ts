/** The server's trees and notes against the protocol's vectors: roots, proofs, leaves, one note. */
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromBase64Url, toBase64Url, toHex } from '@liaison/contract/bytes';
import type { Hash, Origin, PersonId } from '@liaison/contract/ids';
import { identityLeaf } from '@liaison/contract/signing';
import { treeOrigin } from '@liaison/contract/transparency';
import { signedNote } from './checkpoint.js';
import {
  appendLeaf,
  EMPTY_EDGE,
  leafHash,
  type Node,
  proofRanges,
  type Range,
  rootOf,
} from './merkle-tree.js';

interface Trees {
  readonly origin: Origin;
  readonly leaves: readonly { person: PersonId; n: number; h: Hash; content: string }[];
  readonly roots: readonly { readonly size: number; readonly root: string }[];
  readonly proofs: readonly { from: number; to: number; proof: readonly string[] }[];
  readonly checkpoint: { readonly logKey: string; readonly note: string };
}

const path = new URL('../../test/vectors/trees.json', import.meta.url);
const { origin, leaves, roots, proofs, checkpoint } = JSON.parse(
  readFileSync(path, 'utf8'),
) as Trees;
const hashed = leaves.map(({ content }) => leafHash(Buffer.from(content, 'hex')));

function rootOver({ from, to }: Range): Node {
  return rootOf(hashed.slice(from, to).reduce(appendLeaf, EMPTY_EDGE));
}

describe('the vectors of trees', () => {
  it('names each statement by the same leaf', () => {
    const made = leaves.map(({ person, n, h }) => toHex(identityLeaf(person, n, h)));
    expect(made).toEqual(leaves.map(({ content }) => content));
  });

  it.each(roots)('has the root of $size leaves', ({ size, root }) => {
    expect(toBase64Url(rootOver({ from: 0, to: size }))).toBe(root);
  });

  it.each(proofs)('proves that $to leaves grew from $from', ({ from, to, proof }) => {
    expect(proofRanges(from, to).map((range) => toBase64Url(rootOver(range)))).toEqual(proof);
  });

  it('signs the very note', () => {
    const head = Buffer.from('302e020100300506032b657004220420', 'hex');
    const der = Buffer.concat([head, Buffer.alloc(32, 0x45)]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const stated = {
      ...{ origin: treeOrigin(origin, 'identities'), size: leaves.length },
      root: rootOver({ from: 0, to: leaves.length }),
    };
    const logKey = fromBase64Url(checkpoint.logKey);
    expect(signedNote(stated, logKey, (bytes) => sign(null, bytes, key))).toBe(checkpoint.note);
  });
});
