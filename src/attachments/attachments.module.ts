/** Sealed files of circles: no entry names one that is not here, and none outlives its entry. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { EntryRules } from '../circles/entry-rule.js';
import { ErasureRule } from '../circles/erasure.rule.js';
import { AttachmentErasure } from './attachment.erasure.js';
import { AttachmentCompleteness } from './attachment.guard.js';
import { AttachmentRows } from './attachment.rows.js';
import { Attachments } from './attachments.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsJobs } from './attachments.jobs.js';
import { ChunkFiles } from './chunk.files.js';

@Module({
  imports: [CirclesModule],
  controllers: [AttachmentsController],
  providers: [
    AttachmentCompleteness,
    AttachmentErasure,
    AttachmentRows,
    Attachments,
    AttachmentsJobs,
    ChunkFiles,
  ],
  exports: [Attachments],
})
export class AttachmentsModule implements OnModuleInit {
  constructor(
    private readonly rules: EntryRules,
    private readonly completeness: AttachmentCompleteness,
    private readonly erasures: ErasureRule,
    private readonly erasure: AttachmentErasure,
  ) {}

  onModuleInit(): void {
    this.rules.registerGuard(this.completeness);
    this.erasures.register(this.erasure);
  }
}
