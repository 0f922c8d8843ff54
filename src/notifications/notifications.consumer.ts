/**
 * Turns calls for attention into notifications and mails, in the transaction that takes the calls.
 */
import type { PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { claimEvents, type RecordedEvent } from '../events/outbox.js';
import { wakePeople } from '../events/wake.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { NotificationRows } from './notification.rows.js';

@Injectable()
export class NotificationsConsumer {
  constructor(
    private readonly database: Database,
    private readonly rows: NotificationRows,
  ) {}

  /** One batch. Returns how many events it took and the mails that are ready to leave. */
  async consume(): Promise<{ readonly taken: number; readonly mails: readonly Uuid[] }> {
    return this.database.transaction(async (transaction) => {
      const events = await claimEvents(transaction, 'notifications', LIMITS.outboxBatch.value);
      const mails: Uuid[] = [];
      const people = new Set<PersonId>();
      for (const recorded of events) {
        mails.push(...(await this.notify(transaction, recorded)));
        if (recorded.event.type === 'attention.called') {
          for (const person of recorded.event.people) people.add(person);
        }
      }
      await wakePeople(transaction, [...people]);
      return { taken: events.length, mails };
    });
  }

  private async notify(transaction: Transaction, { event, at }: RecordedEvent): Promise<Uuid[]> {
    if (event.type !== 'attention.called') return [];
    const { reason, circle, people } = event;
    return this.rows.add(transaction, { reason, circle, people, at });
  }
}
