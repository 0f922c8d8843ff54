/** Handoffs between hospital and town: steps checked as they are appended, deadlines swept. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { CirclesModule } from '../circles/circles.module.js';
import { EntryRules } from '../circles/entry-rule.js';
import { DeadlineRows } from './deadline.rows.js';
import { EmptiedTeams } from './emptied.teams.js';
import { HandoffCalls } from './handoff.calls.js';
import { HandoffRows } from './handoff.rows.js';
import { HandoffRule } from './handoff.rule.js';
import { HandoffSweeper } from './handoff.sweeper.js';
import { HandoffsController } from './handoffs.controller.js';
import { HandoffsJobs } from './handoffs.jobs.js';
import { Holders } from './holders.js';
import { ItemCalls } from './item.calls.js';
import { LeavingRule } from './leaving.rule.js';
import { TaskRows } from './task.rows.js';
import { TaskRule } from './task.rule.js';

@Module({
  imports: [CirclesModule],
  controllers: [HandoffsController],
  providers: [
    HandoffRule,
    TaskRule,
    LeavingRule,
    EmptiedTeams,
    Holders,
    HandoffRows,
    DeadlineRows,
    TaskRows,
    HandoffCalls,
    ItemCalls,
    HandoffSweeper,
    HandoffsJobs,
  ],
})
export class HandoffsModule implements OnModuleInit {
  constructor(
    private readonly rules: EntryRules,
    private readonly handoffs: HandoffRule,
    private readonly tasks: TaskRule,
    private readonly holders: Holders,
    private readonly leaving: LeavingRule,
  ) {}

  onModuleInit(): void {
    this.rules.register(this.handoffs);
    this.rules.register(this.tasks);
    this.rules.register(this.holders);
    this.rules.register(this.leaving);
  }
}
