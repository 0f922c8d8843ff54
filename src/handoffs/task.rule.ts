/** The plan's tasks as rows: who owns what until when. Titles are sealed and never seen here. */
import { Problem } from '@liaison/contract/errors';
import { HANDOFF_KINDS } from '@liaison/contract/handoff';
import { Injectable } from '@nestjs/common';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';

@Injectable()
export class TaskRule implements EntryRule {
  readonly kinds = ['task.planned', 'task.done'];

  async apply(transaction: Transaction, item: AppendedItem): Promise<void> {
    return item.header.kind === 'task.planned'
      ? plan(transaction, item)
      : finish(transaction, item);
  }
}

async function plan(transaction: Transaction, item: AppendedItem): Promise<void> {
  const facts = HANDOFF_KINDS['task.planned'].facts.parse(item.header.facts);
  if (!item.state.members.has(facts.owner)) {
    throw new Problem('item_invalid', 'a task is owned by a member of the file');
  }
  const rows = await transaction.query(
    `INSERT INTO handoff_tasks (circle_id, task_id, owner, due_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING task_id`,
    [item.circle, facts.task, facts.owner, facts.due],
  );
  if (rows.length === 0) throw new Problem('item_not_allowed', 'this task is planned already');
}

async function finish(transaction: Transaction, item: AppendedItem): Promise<void> {
  const facts = HANDOFF_KINDS['task.done'].facts.parse(item.header.facts);
  const rows = await transaction.query(
    `UPDATE handoff_tasks SET done_at = $3
     WHERE circle_id = $1 AND task_id = $2 AND done_at IS NULL RETURNING task_id`,
    [item.circle, facts.task, item.header.at],
  );
  if (rows.length === 0) throw new Problem('item_not_allowed', 'no such open task');
}
