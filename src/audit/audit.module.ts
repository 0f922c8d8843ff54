/** Who did and was served what, in a log that its operator cannot rewrite unseen. */
import { Module } from '@nestjs/common';
import { TransparencyModule } from '../transparency/transparency.module.js';
import { AuditConsumer } from './audit.consumer.js';
import { AuditController } from './audit.controller.js';
import { AuditJobs } from './audit.jobs.js';
import { AuditRows } from './audit.rows.js';
import { AuditVerifier } from './audit.verifier.js';

@Module({
  imports: [TransparencyModule],
  controllers: [AuditController],
  providers: [AuditRows, AuditConsumer, AuditJobs, AuditVerifier],
  exports: [AuditVerifier],
})
export class AuditModule {}
