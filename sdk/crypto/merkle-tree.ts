/**
 * The trees of RFC 6962 as a client follows them: the right edge of a tree of which it takes every
 * leaf, and proofs that a tree it does not take whole only grew. SHA-256 by the platform.
 */
import { concat, fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { Hash } from '@liaison/contract/ids';

const LEAF = new Uint8Array([0]);
const INNER = new Uint8Array([1]);

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const input = concat(...parts) as Uint8Array<ArrayBuffer>;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input));
}

const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  sha256(INNER, left, right);

/** The complete subtrees that cover `size` leaves, largest first: one for each bit of it. */
export interface Edge {
  readonly size: number;
  readonly nodes: readonly Hash[];
}

export const EMPTY_EDGE: Edge = { size: 0, nodes: [] };

/** The edge after these leaves' contents. */
export async function grownEdge(edge: Edge, contents: readonly Uint8Array[]): Promise<Edge> {
  const leaves = await Promise.all(contents.map((content) => sha256(LEAF, content)));
  const nodes = edge.nodes.map((node) => fromBase64Url(node));
  for (const [i, leaf] of leaves.entries()) {
    let node = leaf;
    for (let rest = edge.size + i; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = await nodeHash(nodes.pop() ?? new Uint8Array(), node);
    }
    nodes.push(node);
  }
  return { size: edge.size + leaves.length, nodes: nodes.map((node) => toBase64Url(node) as Hash) };
}

/** The root of the tree with that edge; of an empty one the hash of nothing. */
export async function rootOf({ nodes }: Edge): Promise<Hash> {
  const hashes = nodes.map((node) => fromBase64Url(node));
  let root = hashes.pop();
  if (root === undefined) return toBase64Url(await sha256()) as Hash;
  for (let left = hashes.pop(); left !== undefined; left = hashes.pop()) {
    root = await nodeHash(left, root);
  }
  return toBase64Url(root) as Hash;
}

/** What a proof is about: the root that a tree had at a size. */
export interface SizedRoot {
  readonly size: number;
  readonly root: Hash;
}

/** Whether the tree of the later root grew from that of the earlier one (RFC 9162, 2.1.4.2). */
export async function grewFrom(
  before: SizedRoot,
  after: SizedRoot,
  proof: readonly Hash[],
): Promise<boolean> {
  if (before.size > after.size || before.size === 0) return false;
  if (before.size === after.size) return proof.length === 0 && before.root === after.root;
  const isWhole = Number.isInteger(Math.log2(before.size));
  const path = (isWhole ? [before.root, ...proof] : proof).map((node) => fromBase64Url(node));
  const roots = await bothRoots(before.size, after.size, path);
  if (roots === null) return false;
  const [old, grown] = roots;
  return toBase64Url(old) === before.root && toBase64Url(grown) === after.root;
}

const half = (value: number): number => Math.floor(value / 2);

async function bothRoots(
  size: number,
  to: number,
  [seed, ...rest]: readonly Uint8Array[],
): Promise<readonly [Uint8Array, Uint8Array] | null> {
  if (seed === undefined) return null;
  let [fn, sn] = [size - 1, to - 1];
  for (; fn % 2 === 1; fn = half(fn)) sn = half(sn);
  let [old, grown] = [seed, seed];
  for (const node of rest) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      [old, grown] = [await nodeHash(node, old), await nodeHash(node, grown)];
      for (; fn % 2 === 0 && fn !== 0; fn = half(fn)) sn = half(sn);
    } else {
      grown = await nodeHash(grown, node);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? [old, grown] : null;
}
