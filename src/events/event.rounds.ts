/**
 * When a room takes its events: woken through its queue, and by itself every few seconds, since a
 * queue that lost its store may sleep on after the store is back.
 */
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@liaison/contract/limits';
import { z } from 'zod';
import { Looks } from '../platform/queue/looks.js';
import { Workers } from '../platform/queue/workers.js';
import type { Consumer } from './domain-event.js';
import { outboxQueue } from './outbox.bell.js';

/** One batch; true where more may wait. */
type TakeBatch = () => Promise<boolean>;

@Injectable()
export class EventRounds {
  constructor(
    private readonly workers: Workers,
    private readonly looks: Looks,
  ) {}

  attend(consumer: Consumer, takeBatch: TakeBatch): void {
    const round = async (): Promise<void> => {
      while (await takeBatch());
    };
    this.workers.process(outboxQueue(consumer), z.strictObject({}), round);
    this.looks.every(outboxQueue(consumer), LIMITS.eventLookMs.value, round);
  }
}
