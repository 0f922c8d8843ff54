/**
 * Destroys what an erasure names, in the transaction that appends it: sealed bodies, the sealed
 * copies of epochs in which nothing sealed is left, and what other rooms keep of those entries. The
 * headers stay: chain, facts and signatures verify without the bodies.
 */
import { erasureOf, judgeErasure, type Written } from '@liaison/contract/erasure-rules';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import { actingMember } from '@liaison/contract/circle-rules';
import type { CircleId, Hash } from '@liaison/contract/ids';
import { type Head, ItemHeader } from '@liaison/contract/item';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/database.js';
import type { AppendedItem, EntryRule } from './entry-rule.js';

/** What another room keeps of an entry goes with its body. */
export interface ErasureFollower {
  erased(on: Transaction, circle: CircleId, headers: readonly ItemHeader[]): Promise<void>;
}

type Row = { readonly k: number; readonly h: Hash; readonly header: string };

const NAMED = `
  SELECT k, h, header FROM items WHERE circle_id = $1 AND k = ANY($2) AND NOT statement`;
const DESTROY = 'UPDATE items SET body = NULL WHERE circle_id = $1 AND k = ANY($2)';

/** Only in circles of one patient: they are short, and nobody reads on under a former epoch. */
const OF_ONE_PATIENT: readonly AppendedItem['kind'][] = ['file', 'handoff'];
const DESTROY_COPIES = `
  DELETE FROM epoch_copies c WHERE circle_id = $1 AND epoch < $2 AND NOT EXISTS (
    SELECT FROM items i WHERE i.circle_id = $1 AND i.body IS NOT NULL
      AND (i.header::jsonb ->> 'epoch')::int4 = c.epoch)`;

@Injectable()
export class ErasureRule implements EntryRule {
  readonly kinds = ['bodies.erased'];
  private readonly followers: ErasureFollower[] = [];

  /** At boot. */
  register(follower: ErasureFollower): void {
    this.followers.push(follower);
  }

  async apply(on: Transaction, item: AppendedItem): Promise<void> {
    const { circle, kind, state, header } = item;
    const named = await this.judge(on, item);
    const places = named.map(({ k }) => k);
    await on.query(DESTROY, [circle, places]);
    if (OF_ONE_PATIENT.includes(kind)) {
      await on.query(DESTROY_COPIES, [circle, state.epoch?.epoch ?? header.epoch]);
    }
    const headers = named.map((row) => row.header);
    for (const follower of this.followers) await follower.erased(on, circle, headers);
  }

  private async judge(on: Transaction, { circle, kind, state, header, actor }: AppendedItem) {
    const wanted = erasureOf(header)?.of ?? [];
    const rows = await on.query<Row>(NAMED, [circle, wanted.map(({ k }) => k)]);
    const entries = new Map(rows.map((row) => [row.k, { ...row, header: headerOf(row) }]));
    const written = ({ k, h }: Head): Written | null => {
      const entry = entries.get(k);
      if (entry?.h !== h || entry.header.body === null) return null;
      return { author: entry.header.author, actor: actingMember(entry.header) };
    };
    const role = state.members.get(actor)?.role ?? 'reader';
    const verdict = judgeErasure(header, kind, { author: header.author, actor, role }, written);
    if (!verdict.ok) throw new Problem(verdict.code, verdict.why);
    return [...entries.values()];
  }
}

const headerOf = ({ header }: Row): ItemHeader => ItemHeader.parse(parseCanonical(header));
