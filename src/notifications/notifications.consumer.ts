/**
 * Turns calls for attention into notifications, each with the instant at which it is told, in the
 * transaction that takes the calls. Whoever stands in for somebody who is away is called as well.
 */
import type { PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { urgencyOf } from '@liaison/contract/notification';
import type { NotificationSettings } from '@liaison/contract/notification-settings';
import { isAway } from '@liaison/contract/notification-rules';
import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../events/domain-event.js';
import { EventIntake } from '../events/event.intake.js';
import type { RecordedEvent } from '../events/event.rows.js';
import { wakePeople } from '../events/wake.js';
import type { Transaction } from '../platform/database/database.js';
import { type Attention, NotificationRows } from './notification.rows.js';
import { SettingsRows, type SettingsOf } from './settings.rows.js';
import { plannedAt } from './telling.plan.js';

type Called = Extract<DomainEvent, { type: 'attention.called' }>;
type Call = Omit<Attention, 'people'>;

@Injectable()
export class NotificationsConsumer {
  constructor(
    private readonly intake: EventIntake,
    private readonly rows: NotificationRows,
    private readonly settings: SettingsRows,
  ) {}

  /** One batch. Returns how many events it took. */
  async consume(): Promise<number> {
    const size = LIMITS.outboxBatch.value;
    return this.intake.take('notifications', size, async (transaction, claim) => {
      await this.notifyAll(transaction, await claim());
    });
  }

  private async notifyAll(
    transaction: Transaction,
    events: readonly RecordedEvent[],
  ): Promise<void> {
    const people = new Set<PersonId>();
    for (const { event, at } of events) {
      if (event.type !== 'attention.called') continue;
      const called = await this.notify(transaction, event, at);
      for (const person of called) people.add(person);
    }
    await wakePeople(transaction, [...people]);
  }

  /** Returns whom it called. */
  private async notify(transaction: Transaction, event: Called, at: number): Promise<PersonId[]> {
    const { reason, circle, people } = event;
    const settings = await this.settings.of(people, transaction);
    const urgency = urgencyOf(reason, event.urgency ?? 'routine');
    const call = { reason, urgency, circle, at };
    await this.rows.add(transaction, { ...call, people: planned(call, people, settings) });
    if (circle === null) return [...people];
    const standIns = standInsOf(people, settings, at);
    if (standIns.length === 0) return [...people];
    // They may not be in that circle: they learn that something waits, and nothing of where.
    const asked = { reason: 'stand-in', urgency, circle: null, at } as const;
    const theirs = await this.settings.of(standIns, transaction);
    await this.rows.add(transaction, { ...asked, people: planned(asked, standIns, theirs) });
    return [...people, ...standIns];
  }
}

/** The rules are asked once for all who share the same settings. */
function planned(call: Call, people: readonly PersonId[], settings: SettingsOf) {
  const known = new Map<NotificationSettings, number | null>();
  return people.map((person) => {
    const own = settings(person);
    const told = known.get(own);
    const tellAt = told === undefined ? plannedAt(own.policy, call) : told;
    known.set(own, tellAt);
    return { person, tellAt };
  });
}

/** One step only: whoever stands in and is away as well finds it on coming back. */
function standInsOf(people: readonly PersonId[], settings: SettingsOf, at: number): PersonId[] {
  const called = new Set(people);
  const standIns = people.flatMap((person) => {
    const { policy, delegate } = settings(person);
    return delegate !== null && isAway(policy, at) && !called.has(delegate) ? [delegate] : [];
  });
  return [...new Set(standIns)];
}
