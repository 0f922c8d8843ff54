/**
 * Wakes a room's worker after events were recorded. A ring says only "look": many events in a short
 * time make one job, and a lost job delays the events until the next repeated look, no longer.
 */
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../platform/logger/log.js';
import { Queues } from '../platform/queue/queues.js';
import type { Consumer } from './domain-event.js';

/**
 * One wake-up for all that is recorded within this time. A wake-up is a commit of its own: for each
 * group of appends one would cost what a group does, and nobody waits for the audit's page.
 */
const GATHER_MS: Readonly<Record<Consumer, number>> = { audit: 200, notifications: 25 };

export const outboxQueue = (consumer: Consumer): string => `outbox-${consumer}`;

@Injectable()
export class OutboxBell implements OnApplicationShutdown {
  private readonly timers = new Map<Consumer, NodeJS.Timeout>();

  constructor(
    private readonly queues: Queues,
    private readonly log: Log,
  ) {}

  ring(consumer: Consumer): void {
    if (this.timers.has(consumer)) return;
    const timer = setTimeout(() => {
      this.timers.delete(consumer);
      this.queues.add(outboxQueue(consumer), {}).catch((error: unknown) => {
        this.log.warn('A wake-up was lost; the next look finds the events.', { consumer, error });
      });
    }, GATHER_MS[consumer]);
    this.timers.set(consumer, timer);
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
