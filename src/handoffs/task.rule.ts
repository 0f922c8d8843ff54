/**
 * The plan's tasks as rows: who owns what until when, by the same rules as the clients fold them.
 * Titles are sealed and never seen here.
 */
import { Problem } from '@liaison/contract/errors';
import type { CircleId, Uuid } from '@liaison/contract/ids';
import { stepTask, taskOf, type TaskState } from '@liaison/contract/task-rules';
import { Injectable } from '@nestjs/common';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';

type Row = TaskState & Record<string, unknown>;

/** The file's head is locked while it is appended to: no other append counts its tasks beside. */
const BEFORE = `
  SELECT task_id AS task, owner, due_at AS due, done_at IS NOT NULL AS "isDone"
  FROM handoff_tasks WHERE circle_id = $1 AND task_id = $2`;

const PLANNED = 'SELECT count(*)::int4 AS planned FROM handoff_tasks WHERE circle_id = $1';

const SAVE = `
  INSERT INTO handoff_tasks (circle_id, task_id, owner, due_at, done_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (circle_id, task_id) DO UPDATE SET owner = $3, done_at = $5`;

@Injectable()
export class TaskRule implements EntryRule {
  readonly kinds = ['task.planned', 'task.handed-on', 'task.done'];

  async apply(transaction: Transaction, { circle, header, state }: AppendedItem): Promise<void> {
    const task = taskOf(header);
    if (task === null) throw new Problem('item_invalid', `facts of ${header.kind}`);
    const before = await find(transaction, circle, task);
    const planned = before === undefined ? await count(transaction, circle) : 0;
    const verdict = stepTask(before, planned, header);
    if (!verdict.ok) throw new Problem('item_not_allowed', verdict.why);
    const { owner, due, isDone } = verdict.task;
    if (before?.owner !== owner && !state.members.has(owner)) {
      throw new Problem('item_invalid', 'a task is owned by a member of the file');
    }
    await transaction.query(SAVE, [circle, task, owner, due, isDone ? header.at : null]);
  }
}

async function find(on: Transaction, circle: CircleId, task: Uuid): Promise<TaskState | undefined> {
  return (await on.query<Row>(BEFORE, [circle, task]))[0];
}

async function count(on: Transaction, circle: CircleId): Promise<number> {
  return (await on.query<{ planned: number }>(PLANNED, [circle]))[0]?.planned ?? 0;
}
