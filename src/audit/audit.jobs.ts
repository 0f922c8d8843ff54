/** The worker's part of the audit: each round appends all that waits. */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventRounds } from '../events/event.rounds.js';
import { AuditConsumer } from './audit.consumer.js';

@Injectable()
export class AuditJobs implements OnModuleInit {
  constructor(
    private readonly rounds: EventRounds,
    private readonly consumer: AuditConsumer,
  ) {}

  onModuleInit(): void {
    this.rounds.attend(
      'audit',
      async () => (await this.consumer.consume()) === LIMITS.auditBatch.value,
    );
  }
}
