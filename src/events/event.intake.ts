/**
 * How a room takes events: in batches, each inside one transaction, so that its effect and the end
 * of the rows commit together and each effect happens exactly once whatever crashes in between.
 *
 * One event that a room cannot digest must not hold up those behind it: then the batch is taken one
 * by one, what fails is put off, and after a few failures set aside where an administrator sees it.
 */
import { Problem } from '@liaison/contract/errors';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../platform/database/database.js';
import { Log } from '../platform/logger/log.js';
import type { Consumer } from './domain-event.js';
import { claimEvents, putOff, type RecordedEvent } from './event.rows.js';

/** What a room does with a batch. It claims when it is ready: audit takes its lock before. */
export type Digest = (
  transaction: Transaction,
  claim: () => Promise<readonly RecordedEvent[]>,
) => Promise<void>;

interface Batch {
  claimed: number;
  first: number | null;
}

@Injectable()
export class EventIntake {
  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** One batch. Returns how many events it took out of the outbox or put off. */
  async take(consumer: Consumer, limit: number, digest: Digest): Promise<number> {
    const batch: Batch = { claimed: 0, first: null };
    try {
      return await this.run(consumer, limit, digest, batch);
    } catch (error) {
      if (isNobodysFault(error) || batch.first === null) throw error;
      return this.oneByOne(consumer, limit, digest);
    }
  }

  private run(consumer: Consumer, limit: number, digest: Digest, batch: Batch): Promise<number> {
    return this.database.transaction(async (transaction) => {
      batch.claimed = 0;
      await digest(transaction, async () => {
        const { claimed, events } = await claimEvents(transaction, consumer, limit);
        batch.claimed = claimed;
        batch.first = events[0]?.id ?? null;
        return events;
      });
      return batch.claimed;
    });
  }

  private async oneByOne(consumer: Consumer, limit: number, digest: Digest): Promise<number> {
    for (let taken = 0; taken < limit; taken += 1) {
      const batch: Batch = { claimed: 0, first: null };
      try {
        if ((await this.run(consumer, 1, digest, batch)) === 0) return taken;
      } catch (error) {
        if (isNobodysFault(error) || batch.first === null) throw error;
        await this.failed(consumer, batch.first, error);
      }
    }
    return limit;
  }

  private async failed(consumer: Consumer, id: number, error: unknown): Promise<void> {
    const cause = causeOf(error);
    const isDead = await this.database.transaction((transaction) =>
      putOff(transaction, consumer, id, cause),
    );
    if (isDead) this.log.error('An event was set aside.', { consumer, id, cause });
    else this.log.warn('An event failed and is tried again later.', { consumer, id, cause });
  }
}

/** PostgreSQL's classes for what no event can help: no connection, no room, no right to run. */
const OF_THE_SYSTEM = /^(08|25|53|55|57|58)/;

function isNobodysFault(error: unknown): boolean {
  if (error instanceof Problem) return error.code === 'database_unavailable';
  return OF_THE_SYSTEM.test(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | null {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : null;
}

/** The kind of failure, without its words: these may repeat what an event or a row holds. */
function causeOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
}
