/**
 * The Merkle tree of RFC 6962 (section 2.1), built by appending: SHA-256, leaves hashed with a 0x00
 * byte before them and nodes with 0x01. Only the right edge is kept, so an append costs O(log n).
 */
import { createHash } from 'node:crypto';

export type Node = Uint8Array;

const LEAF = new Uint8Array([0]);
const INNER = new Uint8Array([1]);

/** Hash of a leaf's content. */
export function leafHash(content: Uint8Array): Node {
  return createHash('sha256').update(LEAF).update(content).digest();
}

export function nodeHash(left: Node, right: Node): Node {
  return createHash('sha256').update(INNER).update(left).update(right).digest();
}

/**
 * The complete subtrees that cover a tree of `size` leaves, largest first: one for each bit set in
 * `size`.
 */
export interface Edge {
  readonly size: number;
  readonly nodes: readonly Node[];
}

export const EMPTY_EDGE: Edge = { size: 0, nodes: [] };

/** The edge after one more leaf: equal subtrees at the right end are joined. */
export function appendLeaf(edge: Edge, leaf: Node): Edge {
  const nodes = [...edge.nodes];
  let node = leaf;
  for (let rest = edge.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = nodes.pop();
    if (left === undefined) throw new RangeError('The edge does not belong to its size.');
    node = nodeHash(left, node);
  }
  return { size: edge.size + 1, nodes: [...nodes, node] };
}

/** A complete subtree's hash: the leaves from `at * 2^level` on, `2^level` of them. */
export interface PlacedNode {
  readonly level: number;
  readonly at: number;
  readonly hash: Node;
}

/** The edge after these leaves, with every subtree that they completed: what proofs are made of. */
export function growTree(
  edge: Edge,
  leaves: readonly Node[],
): { readonly edge: Edge; readonly made: readonly PlacedNode[] } {
  const nodes = [...edge.nodes];
  const made: PlacedNode[] = [];
  let { size } = edge;
  for (const leaf of leaves) {
    let node: PlacedNode = { level: 0, at: size, hash: leaf };
    made.push(node);
    while (node.at % 2 === 1) {
      const left = nodes.pop();
      if (left === undefined) throw new RangeError('The edge does not belong to its size.');
      const hash = nodeHash(left, node.hash);
      node = { level: node.level + 1, at: (node.at - 1) / 2, hash };
      made.push(node);
    }
    nodes.push(node.hash);
    size += 1;
  }
  return { edge: { size, nodes }, made };
}

/** Leaves from `from` up to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The largest power of two below `count`. */
const split = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

/** The ranges whose hashes prove that the tree of `to` leaves grew from that of `size` (2.1.2). */
export function proofRanges(size: number, to: number): Range[] {
  return subproof(size, { from: 0, to }, true);
}

function subproof(size: number, whole: Range, isOld: boolean): Range[] {
  const count = whole.to - whole.from;
  if (size === count) return isOld ? [] : [whole];
  const k = split(count);
  const middle = whole.from + k;
  const [left, right] = [
    { from: whole.from, to: middle },
    { from: middle, to: whole.to },
  ];
  return size <= k
    ? [...subproof(size, left, isOld), right]
    : [...subproof(size - k, right, false), left];
}

/** The complete subtrees that cover a range of `proofRanges`, largest first. */
export function subtreesOf({ from, to }: Range): Omit<PlacedNode, 'hash'>[] {
  const found: Omit<PlacedNode, 'hash'>[] = [];
  for (let at = from; at < to; ) {
    const level = Math.floor(Math.log2(to - at));
    found.push({ level, at: at / 2 ** level });
    at += 2 ** level;
  }
  return found;
}

/** The root of the tree with that edge; for an empty tree the hash of nothing (RFC 6962). */
export function rootOf(edge: Edge): Node {
  if (edge.nodes.length === 0) return createHash('sha256').digest();
  return edge.nodes.reduceRight((right, left) => nodeHash(left, right));
}
