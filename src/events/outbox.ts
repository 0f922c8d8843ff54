/**
 * Events recorded in the transaction that made them true, one row for each room that must hear of
 * it. How rooms take them stands in event.intake.ts.
 */
import type { PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import type { Database, Queryable, Transaction } from '../platform/database/database.js';
import { type Consumer, consumersOf, type DomainEvent } from './domain-event.js';
import { OutboxBell } from './outbox.bell.js';

const INSERT = `
  INSERT INTO outbox (consumer, payload)
  SELECT * FROM unnest($1::text[], $2::jsonb[])`;

@Injectable()
export class Outbox {
  constructor(private readonly bell: OutboxBell) {}

  /** Records what happened; the rooms are woken once the transaction is durable. */
  async record(transaction: Transaction, ...events: readonly DomainEvent[]): Promise<void> {
    const rows = events
      .flatMap(inParts)
      .flatMap((event) =>
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

/** A call to more people than one event carries is as many calls as it needs. */
function inParts(event: DomainEvent): readonly DomainEvent[] {
  const most = LIMITS.peopleCalled.value;
  if (event.type !== 'attention.called' || event.people.length <= most) return [event];
  const parts: PersonId[][] = [];
  for (let at = 0; at < event.people.length; at += most) {
    parts.push(event.people.slice(at, at + most));
  }
  return parts.map((people) => ({ ...event, people }));
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
