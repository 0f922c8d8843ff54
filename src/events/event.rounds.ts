/**
 * When a room takes its events: woken through its queue, and by itself every few seconds, since a
 * queue that lost its store may sleep on after the store is back. A round that runs is not doubled.
 */
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LIMITS } from '@liaison/contract/limits';
import { z } from 'zod';
import type { Role } from '../platform/config/config.js';
import { Log } from '../platform/logger/log.js';
import { ROLES } from '../platform/queue/queue.tokens.js';
import { Workers } from '../platform/queue/workers.js';
import type { Consumer } from './domain-event.js';
import { outboxQueue } from './outbox.bell.js';

/** One batch; true where more may wait. */
type TakeBatch = () => Promise<boolean>;

@Injectable()
export class EventRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds = new Map<Consumer, () => Promise<void>>();
  private readonly running = new Map<Consumer, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly workers: Workers,
    @Inject(ROLES) private readonly roles: readonly Role[],
    private readonly log: Log,
  ) {}

  attend(consumer: Consumer, takeBatch: TakeBatch): void {
    const round = async (): Promise<void> => {
      while (await takeBatch());
    };
    this.rounds.set(consumer, round);
    this.workers.process(outboxQueue(consumer), z.strictObject({}), round);
  }

  onApplicationBootstrap(): void {
    if (!this.roles.includes('worker')) return;
    this.timer = setInterval(() => this.lookAround(), LIMITS.eventLookMs.value);
  }

  /** What is under way ends before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.running.values());
  }

  private lookAround(): void {
    for (const [consumer, round] of this.rounds) {
      if (this.running.has(consumer)) continue;
      const look = round()
        .catch((error: unknown) => {
          this.log.warn('Events wait: the next look takes them.', { consumer, error });
        })
        .finally(() => this.running.delete(consumer));
      this.running.set(consumer, look);
    }
  }
}
