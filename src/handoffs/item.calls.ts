/**
 * Whose attention a step of an item calls for: its new owner when it is handed on, its planner when
 * it comes back or cannot be done. What is planned with an offer is called by the offer.
 */
import type { TaskState } from '@liaison/contract/task-rules';
import { Injectable } from '@nestjs/common';
import type { AppendedItem } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';
import { HandoffCalls } from './handoff.calls.js';
import { HandoffRows } from './handoff.rows.js';

@Injectable()
export class ItemCalls {
  constructor(
    private readonly rows: HandoffRows,
    private readonly calls: HandoffCalls,
  ) {}

  async forStep(
    on: Transaction,
    { circle, header }: AppendedItem,
    before: TaskState | undefined,
    after: TaskState,
  ): Promise<void> {
    if (before === undefined || after.law === 'first') return;
    const comesBack = after.phase === 'declined' || after.phase === 'impossible';
    if (!comesBack && header.kind !== 'task.handed-on') return;
    const handoff = await this.rows.ofFile(on, circle);
    const { at, author } = header;
    if (comesBack) {
      await this.calls.call(on, 'handoff-declined', handoff, [after.planner], author);
      return;
    }
    const asking = { circle: handoff, at, except: author, urgency: null };
    await this.calls.ask(on, asking, [after.owner]);
  }
}
