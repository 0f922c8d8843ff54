/** The server's side of a plan: each step of an item run through its law, and who hears of it. */
import { PLAN_KINDS, TASK_KINDS } from '@liaison/contract/task';
import { Injectable } from '@nestjs/common';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';
import { ItemCalls } from './item.calls.js';
import { TaskRows } from './task.rows.js';

@Injectable()
export class TaskRule implements EntryRule {
  readonly kinds = [...Object.keys(TASK_KINDS), ...Object.keys(PLAN_KINDS)];

  constructor(
    private readonly rows: TaskRows,
    private readonly calls: ItemCalls,
  ) {}

  async apply(transaction: Transaction, item: AppendedItem): Promise<void> {
    if (item.header.kind === 'plan.ended') return this.rows.end(transaction, item);
    const { before, after } = await this.rows.fold(transaction, item);
    await this.calls.forStep(transaction, item, before, after);
  }
}
