/**
 * The trees' tables: one row a tree with its right edge, which appenders lock in turn, and every
 * complete subtree, from which proofs are read. Nothing here can change what was appended.
 */
import type { TreeName } from '@liaison/contract/transparency';
import type { Queryable, Transaction } from '../platform/database/database.js';
import {
  type Edge,
  growTree,
  type Node,
  nodeHash,
  type PlacedNode,
  proofRanges,
  subtreesOf,
} from './merkle-tree.js';

type EdgeRow = { readonly size: number; readonly edge: Uint8Array[] };

function edgeOf(rows: readonly EdgeRow[], tree: TreeName): Edge {
  const [row] = rows;
  if (row === undefined) throw new Error(`The ${tree} tree has no row: migrate the schema.`);
  return { size: row.size, nodes: row.edge };
}

/** The edge, held until the transaction ends: appenders take turns. */
export async function lockEdge(on: Transaction, tree: TreeName): Promise<Edge> {
  const sql = 'SELECT size, edge FROM merkle_trees WHERE tree = $1 FOR UPDATE';
  return edgeOf(await on.prepared<EdgeRow>(sql, [tree]), tree);
}

export async function readEdge(on: Queryable, tree: TreeName): Promise<Edge> {
  const sql = 'SELECT size, edge FROM merkle_trees WHERE tree = $1';
  return edgeOf(await on.prepared<EdgeRow>(sql, [tree]), tree);
}

/** Appends leaves after a locked edge. */
export async function appendLeaves(
  on: Transaction,
  tree: TreeName,
  before: Edge,
  leaves: readonly Node[],
): Promise<Edge> {
  const { edge, made } = growTree(before, leaves);
  await on.prepared(
    `INSERT INTO merkle_nodes (tree, level, at, hash)
     SELECT $1, * FROM unnest($2::int2[], $3::int8[], $4::bytea[])`,
    [
      tree,
      made.map(({ level }) => level),
      made.map(({ at }) => at),
      made.map(({ hash }) => Buffer.from(hash)),
    ],
  );
  await on.prepared('UPDATE merkle_trees SET size = $2, edge = $3 WHERE tree = $1', [
    tree,
    edge.size,
    edge.nodes.map((node) => Buffer.from(node)),
  ]);
  return edge;
}

/** For each size the proof that the tree of `to` leaves grew from it. */
export async function readProofs(
  on: Queryable,
  tree: TreeName,
  sizes: readonly number[],
  to: number,
): Promise<Node[][]> {
  const proofs = sizes.map((size) => proofRanges(size, to).map(subtreesOf));
  const hashes = await readNodes(on, tree, proofs.flat(2));
  return proofs.map((ranges) =>
    ranges.map((parts) =>
      parts.map((part) => hashAt(hashes, part)).reduceRight((right, left) => nodeHash(left, right)),
    ),
  );
}

type Place = Omit<PlacedNode, 'hash'>;
const keyOf = ({ level, at }: Place): string => `${level}/${at}`;

function hashAt(hashes: ReadonlyMap<string, Node>, place: Place): Node {
  const found = hashes.get(keyOf(place));
  if (found === undefined) throw new Error(`A tree lacks its node ${keyOf(place)}.`);
  return found;
}

async function readNodes(
  on: Queryable,
  tree: TreeName,
  places: readonly Place[],
): Promise<ReadonlyMap<string, Node>> {
  const rows = await on.prepared<{ level: number; at: number; hash: Uint8Array }>(
    `SELECT n.level, n.at, n.hash
       FROM unnest($2::int2[], $3::int8[]) AS wanted (level, at)
       JOIN merkle_nodes n ON n.tree = $1 AND n.level = wanted.level AND n.at = wanted.at`,
    [tree, places.map(({ level }) => level), places.map(({ at }) => at)],
  );
  return new Map(rows.map((row) => [keyOf(row), row.hash]));
}
