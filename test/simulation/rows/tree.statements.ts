/** The statements of the identity tree, said again over rows in memory. */
import type { Hash, PersonId } from '@liaison/contract/ids';
import type { Say } from './database.js';
import { place, type Tables, unnested } from './tables.js';

/** A migration writes the row of each tree. */
const edgeOf = (rows: Tables, tree: unknown) =>
  rows.trees.get(tree as string, '') ?? { size: 0, edge: [] };

const nodeKey = (level: number, at: number): string => `${level}/${at}`;

export const TREES: readonly Say[] = [
  ['SELECT size, edge FROM merkle_trees', (rows, [tree]) => [edgeOf(rows, tree)]],
  [
    'UPDATE merkle_trees SET size',
    (rows, [tree, size, edge]) => {
      rows.trees.put(tree as string, '', { size: size as number, edge: edge as Buffer[] });
      return [];
    },
  ],
  [
    'INSERT INTO merkle_nodes',
    (rows, [tree, ...columns]) => {
      for (const [level, at, hash] of unnested<[number, number, Buffer]>(columns)) {
        rows.nodes.put(tree as string, nodeKey(level, at), { level, at, hash });
      }
      return [];
    },
  ],
  [
    'SELECT n.level, n.at, n.hash',
    (rows, [tree, ...columns]) =>
      unnested<[number, number]>(columns).flatMap(
        ([level, at]) => rows.nodes.get(tree as string, nodeKey(level, at)) ?? [],
      ),
  ],
  [
    'INSERT INTO identity_leaves',
    (rows, [first, person, ...columns]) => {
      for (const [i, [n, h]] of unnested<[number, Hash]>(columns).entries()) {
        const row = { person: person as PersonId, n, h };
        rows.leaves.put('', place((first as number) + i), row);
      }
      return [];
    },
  ],
  [
    'SELECT person_id AS person, n, h FROM identity_leaves',
    (rows, [from, limit]) => {
      const all = Array.from({ length: rows.leaves.size('') }, (_, seq) => place(seq));
      const wanted = all.slice(from as number, (from as number) + (limit as number));
      return wanted.flatMap((seq) => rows.leaves.get('', seq) ?? []);
    },
  ],
];
