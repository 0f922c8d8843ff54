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

/** The root of the tree with that edge; for an empty tree the hash of nothing (RFC 6962). */
export function rootOf(edge: Edge): Node {
  if (edge.nodes.length === 0) return createHash('sha256').digest();
  return edge.nodes.reduceRight((right, left) => nodeHash(left, right));
}
