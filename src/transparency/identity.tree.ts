/**
 * The identity tree: a leaf for each statement of each identity log, appended in the transaction
 * that takes the statement. So no statement is ever served that the tree does not list, and whoever
 * follows the tree knows of every person how long their log is and what stands in it.
 */
import type { Hash, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { identityLeaf } from '@liaison/contract/signing';
import type { IdentityLeaf } from '@liaison/contract/transparency';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';
import { leafHash, rootOf } from './merkle-tree.js';
import { TreeNotes } from './tree.notes.js';
import { appendLeaves, lockEdge, readEdge } from './tree.rows.js';

const TREE = 'identities';

@Injectable()
export class IdentityTree {
  constructor(
    private readonly database: Database,
    private readonly notes: TreeNotes,
  ) {}

  /** Lists statements of one log, in their order. */
  async append(
    on: Transaction,
    person: PersonId,
    statements: readonly { readonly n: number; readonly h: Hash }[],
  ): Promise<void> {
    const before = await lockEdge(on, TREE);
    await on.prepared(
      `INSERT INTO identity_leaves (seq, person_id, n, h)
       SELECT $1 + place - 1, $2, n, h
         FROM unnest($3::int4[], $4::text[]) WITH ORDINALITY AS said (n, h, place)`,
      [before.size, person, statements.map(({ n }) => n), statements.map(({ h }) => h)],
    );
    const leaves = statements.map(({ n, h }) => leafHash(identityLeaf(person, n, h)));
    await appendLeaves(on, TREE, before, leaves);
  }

  /** Leaves from a place on, and the checkpoint of the whole tree as of the same instant. */
  async page(from: number): Promise<{ readonly leaves: IdentityLeaf[]; readonly note: string }> {
    const options = { isolation: 'repeatable read', readOnly: true } as const;
    return this.database.transaction(async (on) => {
      const edge = await readEdge(on, TREE);
      const leaves = from < edge.size ? await readLeaves(on, from) : [];
      return { leaves, note: this.notes.sign(TREE, edge.size, rootOf(edge)) };
    }, options);
  }
}

function readLeaves(on: Queryable, from: number): Promise<IdentityLeaf[]> {
  return on.prepared<IdentityLeaf>(
    `SELECT person_id AS person, n, h FROM identity_leaves
      WHERE seq >= $1 ORDER BY seq LIMIT $2`,
    [from, LIMITS.treeLeaves.value],
  );
}
