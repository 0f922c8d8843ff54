/**
 * Turns calls for attention into notifications and mails, in the transaction that takes the calls.
 */
import type { PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { EventIntake } from '../events/event.intake.js';
import type { RecordedEvent } from '../events/event.rows.js';
import { wakePeople } from '../events/wake.js';
import type { Transaction } from '../platform/database/database.js';
import { NotificationRows } from './notification.rows.js';

@Injectable()
export class NotificationsConsumer {
  constructor(
    private readonly intake: EventIntake,
    private readonly rows: NotificationRows,
  ) {}

  /** One batch. Returns how many events it took and the mails that are ready to leave. */
  async consume(): Promise<{ readonly taken: number; readonly mails: readonly Uuid[] }> {
    // One by one after a failure: the mails of each that succeeded are kept.
    const mails: Uuid[] = [];
    const size = LIMITS.outboxBatch.value;
    const taken = await this.intake.take('notifications', size, async (transaction, claim) => {
      const ready = await this.notifyAll(transaction, await claim());
      transaction.afterCommit(() => mails.push(...ready));
    });
    return { taken, mails };
  }

  private async notifyAll(
    transaction: Transaction,
    events: readonly RecordedEvent[],
  ): Promise<Uuid[]> {
    const mails: Uuid[] = [];
    const people = new Set<PersonId>();
    for (const recorded of events) {
      mails.push(...(await this.notify(transaction, recorded)));
      if (recorded.event.type !== 'attention.called') continue;
      for (const person of recorded.event.people) people.add(person);
    }
    await wakePeople(transaction, [...people]);
    return mails;
  }

  private async notify(transaction: Transaction, { event, at }: RecordedEvent): Promise<Uuid[]> {
    if (event.type !== 'attention.called') return [];
    const { reason, circle, people } = event;
    return this.rows.add(transaction, { reason, circle, people, at });
  }
}
