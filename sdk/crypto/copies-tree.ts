/**
 * The tree over sealed copies, in the shape of RFC 6962 with the protocol's own hash: a member
 * checks its one copy against the root that a statement names, without fetching the others.
 */
import type { Hash, SealedCopy } from '@liaison/contract/ids';
import { copyHashed, copyNodeHashed } from '@liaison/contract/signing';
import { hash } from './hash.js';

/** A copy with its recipient: a member of a circle, a device, or `recovery`. */
export interface AddressedCopy {
  readonly recipient: string;
  readonly copy: SealedCopy;
}

export interface CopyProof {
  readonly index: number;
  readonly count: number;
  readonly proof: readonly Hash[];
}

/** Largest power of two below `size`. */
function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

const node = (left: Hash, right: Hash): Hash => hash(copyNodeHashed(left, right));

export function copyLeaf({ recipient, copy }: AddressedCopy): Hash {
  return hash(copyHashed(recipient, copy));
}

/** In byte order of the recipients' names (ASCII, so also the order of their code units). */
export function sortedCopies<T extends AddressedCopy>(copies: readonly T[]): T[] {
  return [...copies].sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
}

function rootOf(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) throw new RangeError('copies: a tree has a leaf');
  if (leaves.length === 1) return only;
  const at = split(leaves.length);
  return node(rootOf(leaves.slice(0, at)), rootOf(leaves.slice(at)));
}

export function copiesRoot(copies: readonly AddressedCopy[]): Hash {
  return rootOf(sortedCopies(copies).map(copyLeaf));
}

function pathOf(leaves: readonly Hash[], index: number): Hash[] {
  if (leaves.length <= 1) return [];
  const at = split(leaves.length);
  const [left, right] = [leaves.slice(0, at), leaves.slice(at)];
  return index < at
    ? [...pathOf(left, index), rootOf(right)]
    : [...pathOf(right, index - at), rootOf(left)];
}

export function copyProof(copies: readonly AddressedCopy[], recipient: string): CopyProof | null {
  const sorted = sortedCopies(copies);
  const index = sorted.findIndex((one) => one.recipient === recipient);
  if (index < 0) return null;
  return { index, count: sorted.length, proof: pathOf(sorted.map(copyLeaf), index) };
}

function climb(leaf: Hash, index: number, count: number, proof: readonly Hash[]): Hash | null {
  if (count === 1) return proof.length === 0 ? leaf : null;
  const last = proof.at(-1);
  if (last === undefined) return null;
  const at = split(count);
  const isLeft = index < at;
  const rest = isLeft ? at : count - at;
  const below = climb(leaf, isLeft ? index : index - at, rest, proof.slice(0, -1));
  if (below === null) return null;
  return isLeft ? node(below, last) : node(last, below);
}

/** Whether the copy stands at that index of the tree with that root and size. */
export function verifyCopyProof(root: Hash, copy: AddressedCopy, at: CopyProof): boolean {
  if (at.index < 0 || at.index >= at.count) return false;
  return climb(copyLeaf(copy), at.index, at.count, at.proof) === root;
}
