/** The worker's part: sealed files that were announced and never arrived are cleared away. */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Queues } from '../platform/queue/queues.js';
import { Workers } from '../platform/queue/workers.js';
import { SWEEP } from './attachment.erasure.js';
import { Attachments } from './attachments.js';

/** Nothing waits for this room: once an hour is often enough. */
const SWEEP_EVERY_MS = 3_600_000;

@Injectable()
export class AttachmentsJobs implements OnModuleInit {
  constructor(
    private readonly workers: Workers,
    private readonly queues: Queues,
    private readonly attachments: Attachments,
  ) {}

  onModuleInit(): void {
    this.workers.process(SWEEP, z.strictObject({}), async () => {
      while ((await this.attachments.removeErased()) === LIMITS.sweepBatch.value);
      while ((await this.attachments.sweep()) === LIMITS.sweepBatch.value);
    });
    this.queues.repeat(SWEEP, SWEEP_EVERY_MS);
  }
}
