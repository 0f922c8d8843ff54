/** The worker's part of the audit: one job at a time appends all that waits. */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { LOOK_EVERY_MS, outboxQueue } from '../events/outbox.bell.js';
import { Queues } from '../platform/queue/queues.js';
import { Workers } from '../platform/queue/workers.js';
import { AuditConsumer } from './audit.consumer.js';

@Injectable()
export class AuditJobs implements OnModuleInit {
  constructor(
    private readonly workers: Workers,
    private readonly queues: Queues,
    private readonly consumer: AuditConsumer,
  ) {}

  async onModuleInit(): Promise<void> {
    const queue = outboxQueue('audit');
    this.workers.process(queue, z.strictObject({}), async () => {
      while ((await this.consumer.consume()) === LIMITS.auditBatch.value);
    });
    await this.queues.repeat(queue, LOOK_EVERY_MS);
  }
}
