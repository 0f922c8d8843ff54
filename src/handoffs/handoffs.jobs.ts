/** The worker's part of handoffs: a look at the deadlines, again and again. */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Queues } from '../platform/queue/queues.js';
import { Workers } from '../platform/queue/workers.js';
import { HandoffSweeper } from './handoff.sweeper.js';

const SWEEP = 'handoff-sweep';
/** How late a late handoff may be noticed; well under the minute that is promised. */
const SWEEP_EVERY_MS = 5_000;

@Injectable()
export class HandoffsJobs implements OnModuleInit {
  constructor(
    private readonly workers: Workers,
    private readonly queues: Queues,
    private readonly sweeper: HandoffSweeper,
  ) {}

  async onModuleInit(): Promise<void> {
    this.workers.process(SWEEP, z.strictObject({}), async () => {
      while ((await this.sweeper.sweep()) === LIMITS.sweepBatch.value);
    });
    await this.queues.repeat(SWEEP, SWEEP_EVERY_MS);
  }
}
