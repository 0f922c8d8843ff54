/**
 * Events recorded in the transaction that made them true, one row for each room that must hear of
 * it. A room claims rows in batches inside a transaction of its own: its effect and the end of the
 * row commit together, so each effect happens exactly once whatever crashes in between.
 */
import { Injectable } from '@nestjs/common';
import type { Database, Queryable, Transaction } from '../platform/database/database.js';
import { type Consumer, consumersOf, DomainEvent } from './domain-event.js';
import { OutboxBell } from './outbox.bell.js';

/** A recorded event with its id, by which effects are idempotent, and the instant of its record. */
export interface RecordedEvent {
  readonly id: number;
  readonly at: number;
  readonly event: DomainEvent;
}

interface Row {
  readonly id: number;
  readonly at: number;
  readonly payload: unknown;
}

const INSERT = `
  INSERT INTO outbox (consumer, payload)
  SELECT * FROM unnest($1::text[], $2::jsonb[])`;

/**
 * A serial id is not commit order: a row may appear after a greater one was taken. So rows are
 * claimed whatever their number, and never twice.
 */
const CLAIM = `
  DELETE FROM outbox WHERE (consumer, id) IN (
    SELECT consumer, id FROM outbox WHERE consumer = $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id, payload, (extract(epoch FROM recorded_at) * 1000)::bigint AS at`;

@Injectable()
export class Outbox {
  constructor(private readonly bell: OutboxBell) {}

  /** Records what happened; the rooms are woken once the transaction is durable. */
  async record(transaction: Transaction, ...events: readonly DomainEvent[]): Promise<void> {
    const rows = events.flatMap((event) =>
      consumersOf(event).map((consumer) => ({ consumer, payload: JSON.stringify(event) })),
    );
    if (rows.length === 0) return;
    await insert(transaction, rows);
    const consumers = new Set(rows.map((row) => row.consumer));
    transaction.afterCommit(() => {
      for (const consumer of consumers) this.bell.ring(consumer);
    });
  }

  /** For what happens outside a transaction (something was served or refused). */
  async recordNow(database: Database, ...events: readonly DomainEvent[]): Promise<void> {
    await database.transaction((transaction) => this.record(transaction, ...events));
  }
}

async function insert(
  queryable: Queryable,
  rows: readonly { consumer: Consumer; payload: string }[],
): Promise<void> {
  await queryable.prepared(INSERT, [
    rows.map((row) => row.consumer),
    rows.map((row) => row.payload),
  ]);
}

/** Takes up to `limit` events for one room, in the order of their ids. */
export async function claimEvents(
  transaction: Transaction,
  consumer: Consumer,
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await transaction.prepared<Row & Record<string, unknown>>(CLAIM, [consumer, limit]);
  return rows
    .map((row) => ({ id: row.id, at: row.at, event: DomainEvent.parse(row.payload) }))
    .sort((a, b) => a.id - b.id);
}
