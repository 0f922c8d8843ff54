/** The worker's part of handoffs: a look at the deadlines, again and again. */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClockWatch } from '../platform/database/clock.watch.js';
import { Looks } from '../platform/queue/looks.js';
import { HandoffSweeper } from './handoff.sweeper.js';

const SWEEP = 'handoff-sweep';
/** How late a late handoff may be noticed; well under the minute that is promised. */
const SWEEP_EVERY_MS = 5_000;

@Injectable()
export class HandoffsJobs implements OnModuleInit {
  constructor(
    private readonly looks: Looks,
    private readonly clock: ClockWatch,
    private readonly sweeper: HandoffSweeper,
  ) {}

  onModuleInit(): void {
    this.looks.every(SWEEP, SWEEP_EVERY_MS, async () => {
      await this.clock.look();
      while ((await this.sweeper.sweep()) === LIMITS.sweepBatch.value);
    });
  }
}
