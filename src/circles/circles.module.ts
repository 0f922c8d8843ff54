/** The one sequence: circles as they are appended to and read, for the rooms that stand on them. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { DevicesModule } from '../devices/devices.module.js';
import { TransparencyModule } from '../transparency/transparency.module.js';
import { AppendQueue } from './append.queue.js';
import { AppendTransaction } from './append.transaction.js';
import { CitedHeads } from './cited-heads.js';
import { CircleMembers } from './circle.members.js';
import { CircleProjection } from './circle.projection.js';
import { CircleReader } from './circle.reader.js';
import { CircleStates } from './circle.states.js';
import { CirclesController } from './circles.controller.js';
import { EntryRules } from './entry-rule.js';
import { ErasureRule } from './erasure.rule.js';
import { Submissions } from './submissions.js';

@Module({
  imports: [DevicesModule, TransparencyModule],
  controllers: [CirclesController],
  providers: [
    AppendQueue,
    AppendTransaction,
    CircleMembers,
    CircleProjection,
    CircleReader,
    CircleStates,
    CitedHeads,
    EntryRules,
    ErasureRule,
    Submissions,
  ],
  exports: [CircleMembers, EntryRules, ErasureRule],
})
export class CirclesModule implements OnModuleInit {
  constructor(
    private readonly rules: EntryRules,
    private readonly erasures: ErasureRule,
  ) {}

  onModuleInit(): void {
    this.rules.register(this.erasures);
  }
}
