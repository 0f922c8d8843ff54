/**
 * Reading circles again: whole items for members, skeletons for those who verify a team, sealed
 * copies for whoever they are sealed to. What is served is recorded, for the audit.
 */
import type { ServedCopy } from '@liaison/contract/circle-routes';
import { Problem } from '@liaison/contract/errors';
import type {
  CircleId,
  Hash,
  Instant,
  MemberId,
  PersonId,
  SealedBytes,
  SealedCopy,
  Signature,
} from '@liaison/contract/ids';
import { personMember } from '@liaison/contract/ids';
import type { Head, SkeletonItem, WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../events/domain-event.js';
import { Outbox } from '../events/outbox.js';
import { Lru } from '../platform/cache/lru.js';
import { Database } from '../platform/database/database.js';
import { copiesProof } from '../platform/hash/copies.tree.js';
import { headOf, readCircleHeads } from './append.rows.js';
import { CircleMembers } from './circle.members.js';

type ItemRow = {
  readonly k: number;
  readonly statement: boolean;
  readonly hash: Hash;
  readonly header: string;
  readonly signature: Signature;
  readonly body: Buffer | null;
  readonly at: Instant;
};

type SizeRow = { readonly bytes: number };

type CopyRow = {
  readonly epoch: number;
  readonly k: number;
  readonly member: MemberId;
  readonly index: number;
  readonly copy: Buffer;
};

type Range = Extract<DomainEvent, { type: 'items.served' }>;

/** What each of the next items would weigh in an answer. Sizes alone are read: no body moves. */
const SIZES = `
  SELECT octet_length(header) + coalesce(octet_length(body), 0) * 4 / 3 AS bytes FROM items
   WHERE circle_id = $1 AND k > $2 ORDER BY k LIMIT $3`;

const SKELETON_SIZES = `
  SELECT CASE WHEN statement THEN octet_length(header) ELSE 0 END AS bytes FROM items
   WHERE circle_id = $1 AND k > $2 ORDER BY k LIMIT $3`;

const ITEMS = `
  SELECT k, statement, item_hash AS hash, header, signature, body, taken_at AS at FROM items
   WHERE circle_id = $1 AND k > $2 ORDER BY k LIMIT $3`;

const SKELETON = `
  SELECT k, statement, item_hash AS hash, CASE WHEN statement THEN header END AS header,
         signature, NULL::bytea AS body, taken_at AS at
    FROM items WHERE circle_id = $1 AND k > $2 ORDER BY k LIMIT $3`;

const COPIES = `
  SELECT epoch, k, member, leaf_index AS index, copy FROM epoch_copies
   WHERE circle_id = $1 AND epoch >= $2 AND (member = $3 OR member = ANY(
     SELECT via FROM effective_members WHERE circle_id = $1 AND person_id = substr($3, 3)))
   ORDER BY epoch, k LIMIT $4`;

const LEAVES = 'SELECT leaf FROM epoch_copies WHERE circle_id = $1 AND k = $2 ORDER BY leaf_index';

/** Trees of epochs being fetched: after one opens, each of its members asks for a proof. */
const CACHED_TREES = 256;

@Injectable()
export class CircleReader {
  private readonly trees = new Lru<string, readonly Hash[]>(CACHED_TREES);

  constructor(
    private readonly database: Database,
    private readonly members: CircleMembers,
    private readonly outbox: Outbox,
  ) {}

  async items(person: PersonId, circle: CircleId, after: number, limit: number) {
    await this.members.mustRead(person, circle);
    const head = await this.head(circle);
    const fit = await this.fitting(SIZES, circle, after, limit);
    const rows = await this.database.prepared<ItemRow>(ITEMS, [circle, after, fit]);
    const items = rows.map((row) => toWire(circle, row));
    await this.served(person, 'items', circle, items);
    return { items, head };
  }

  async skeleton(person: PersonId, circle: CircleId, after: number) {
    if (!(await this.members.canVerify(person, circle))) throw new Problem('circle_unknown');
    const head = await this.head(circle);
    const fit = await this.fitting(SKELETON_SIZES, circle, after, LIMITS.pageItems.value);
    const rows = await this.database.prepared<ItemRow>(SKELETON, [circle, after, fit]);
    const items: SkeletonItem[] = rows.map((row) => ({
      k: row.k,
      hash: row.hash,
      statement: row.statement ? toWire(circle, row) : null,
    }));
    await this.served(person, 'skeleton', circle, items);
    return { items, head };
  }

  async copies(person: PersonId, circle: CircleId, fromEpoch: number): Promise<ServedCopy[]> {
    await this.members.mustRead(person, circle);
    const limit = LIMITS.pageItems.value;
    const parameters = [circle, fromEpoch, personMember(person), limit];
    const rows = await this.database.query<CopyRow>(COPIES, parameters);
    const copies: ServedCopy[] = [];
    for (const row of rows) copies.push(await this.prove(circle, row));
    await this.served(person, 'copies', circle, copies);
    return copies;
  }

  /**
   * How many of the next items fit into one answer; one always does. Asked before they are read:
   * a page of the largest would fill this process's memory only to be thrown away.
   */
  private async fitting(sql: string, circle: CircleId, after: number, limit: number) {
    const sizes = await this.database.prepared<SizeRow>(sql, [circle, after, limit]);
    let total = 0;
    const over = sizes.findIndex(({ bytes }) => (total += bytes) > LIMITS.syncBytes.value);
    return over < 0 ? limit : Math.max(1, over);
  }

  private async head(circle: CircleId): Promise<Head> {
    const [row] = await readCircleHeads(this.database, [circle]);
    if (row === undefined) throw new Problem('circle_unknown');
    return headOf(row);
  }

  private async prove(circle: CircleId, row: CopyRow): Promise<ServedCopy> {
    const leaves = await this.leaves(circle, row.k);
    const { epoch, k, member, index } = row;
    const proof = copiesProof(leaves, index);
    const copy = row.copy.toString('base64url') as SealedCopy;
    return { epoch, k, member, copy, index, count: leaves.length, proof };
  }

  private async leaves(circle: CircleId, k: number): Promise<readonly Hash[]> {
    const name = `${circle} ${k}`;
    const known = this.trees.get(name);
    if (known !== undefined) return known;
    const rows = await this.database.query<{ leaf: Hash }>(LEAVES, [circle, k]);
    const leaves = rows.map(({ leaf }) => leaf);
    this.trees.set(name, leaves);
    return leaves;
  }

  private async served(
    person: PersonId,
    what: Range['what'],
    circle: CircleId,
    range: readonly { readonly k: number }[],
  ): Promise<void> {
    const [first, last] = [range[0], range.at(-1)];
    if (first === undefined || last === undefined) return;
    const event: Range = { type: 'items.served', person, what, circle, from: first.k, to: last.k };
    await this.outbox.recordNow(this.database, event);
  }
}

function toWire(circle: CircleId, row: ItemRow): WireItem {
  const body = row.body === null ? null : (row.body.toString('base64url') as SealedBytes);
  return { circle, k: row.k, text: row.header, signature: row.signature, body, at: row.at };
}
