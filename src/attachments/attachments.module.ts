/** Sealed files of circles, and the guard that lets no entry name one that is not wholly here. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { EntryRules } from '../circles/entry-rule.js';
import { AttachmentCompleteness } from './attachment.guard.js';
import { AttachmentRows } from './attachment.rows.js';
import { Attachments } from './attachments.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsJobs } from './attachments.jobs.js';
import { ChunkFiles } from './chunk.files.js';

@Module({
  imports: [CirclesModule],
  controllers: [AttachmentsController],
  providers: [AttachmentCompleteness, AttachmentRows, Attachments, AttachmentsJobs, ChunkFiles],
  exports: [Attachments],
})
export class AttachmentsModule implements OnModuleInit {
  constructor(
    private readonly rules: EntryRules,
    private readonly completeness: AttachmentCompleteness,
  ) {}

  onModuleInit(): void {
    this.rules.registerGuard(this.completeness);
  }
}
