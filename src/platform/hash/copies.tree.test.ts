/** The tree of copies: its shape, and that each leaf's proof leads to the root. */
import { describe, expect, test } from '@jest/globals';
import { u32 } from '@liaison/contract/bytes';
import type { Hash } from '@liaison/contract/ids';
import { copyNodeHashed } from '@liaison/contract/signing';
import { hash } from './blake.js';
import { copiesProof, copiesRoot } from './copies.tree.js';

const leavesOf = (count: number): Hash[] => Array.from({ length: count }, (_, i) => hash(u32(i)));
const node = (left: Hash, right: Hash): Hash => hash(copyNodeHashed(left, right));

/** RFC 9162, 2.1.3.2: folds a proof upward, by the leaf's index and the count only. */
function rootBy(leaf: Hash, index: number, count: number, proof: readonly Hash[]): Hash {
  let [fn, sn, at] = [index, count - 1, leaf];
  for (const beside of proof) {
    if (fn % 2 === 1 || fn === sn) {
      at = node(beside, at);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      at = node(at, beside);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return at;
}

describe('the tree of copies', () => {
  test('has no root without leaves, and the leaf itself as root of one', () => {
    const [one] = leavesOf(1);
    expect(copiesRoot([])).toBeNull();
    expect(copiesRoot(leavesOf(1))).toBe(one);
  });

  test('splits at the largest power of two below the count', () => {
    const [a, b, c] = leavesOf(3) as [Hash, Hash, Hash];
    expect(copiesRoot([a, b, c])).toBe(node(node(a, b), c));
  });

  test.each([1, 2, 3, 4, 5, 7, 8, 9, 33])('proves each of %i leaves', (count) => {
    const leaves = leavesOf(count);
    const root = copiesRoot(leaves);
    leaves.forEach((leaf, i) => {
      expect(rootBy(leaf, i, count, copiesProof(leaves, i))).toBe(root);
    });
  });
});
