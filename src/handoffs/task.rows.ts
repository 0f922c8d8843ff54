/**
 * The plan's items as rows: who answers for what until when, by the same rules as the clients fold
 * them. Written only inside an append. Titles are sealed and never seen here.
 */
import { taskDeadlines } from '@liaison/contract/deadline-rules';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, Uuid } from '@liaison/contract/ids';
import { leaversIn, leaveTask } from '@liaison/contract/leaving-rules';
import {
  droppedTask,
  isTaskOver,
  type Present,
  presentIn,
  stepTask,
  taskOf,
  type TaskState,
} from '@liaison/contract/task-rules';
import { Injectable } from '@nestjs/common';
import type { AppendedItem } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';
import { DeadlineRows } from './deadline.rows.js';

type Row = { readonly state: TaskState };

/** The file's head is locked while it is appended to: no other append counts its tasks beside. */
const BEFORE = 'SELECT state FROM handoff_tasks WHERE circle_id = $1 AND task_id = $2';
const PLANNED = 'SELECT count(*)::int4 AS planned FROM handoff_tasks WHERE circle_id = $1';
const OPEN = `
  SELECT state FROM handoff_tasks WHERE circle_id = $1 AND done_at IS NULL`;

const SAVE = `
  INSERT INTO handoff_tasks (circle_id, task_id, owner, due_at, done_at, state)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (circle_id, task_id) DO UPDATE SET owner = $3, done_at = $5, state = $6`;

@Injectable()
export class TaskRows {
  constructor(private readonly deadlines: DeadlineRows) {}

  /** Nobody is called: also how the rows are filled again from the entries. */
  async fold(
    transaction: Transaction,
    { circle, header, state, actor }: AppendedItem,
  ): Promise<{ readonly before: TaskState | undefined; readonly after: TaskState }> {
    const task = taskOf(header);
    if (task === null) throw new Problem('item_invalid', `facts of ${header.kind}`);
    const before = await find(transaction, circle, task);
    const planned = before === undefined ? await count(transaction, circle) : 0;
    const verdict = stepTask(before, planned, header, actor);
    if (!verdict.ok) throw new Problem('item_not_allowed', verdict.why);
    const { task: after } = verdict;
    if (before?.owner !== after.owner && !state.members.has(after.owner)) {
      throw new Problem('item_invalid', 'an item is owned by a member of the file');
    }
    await this.save(transaction, circle, after, header.at);
    await this.arm(transaction, circle, after, presentIn(state.members));
    return { before, after };
  }

  /** The plan ends as a whole: nobody is reminded of what was still open in it. */
  async end(on: Transaction, { circle, header, state }: AppendedItem): Promise<void> {
    const rows = await on.query<Row>(OPEN, [circle]);
    for (const row of rows) {
      const dropped = droppedTask(row.state, header);
      await this.save(on, circle, dropped, header.at);
      await this.arm(on, circle, dropped, presentIn(state.members));
    }
  }

  private async save(on: Transaction, circle: CircleId, task: TaskState, at: number) {
    const ended = isTaskOver(task) ? at : null;
    const values = [circle, task.task, task.owner, task.due, ended, JSON.stringify(task)];
    await on.query(SAVE, values);
  }

  /** What whoever left had taken falls to who answers for it now, and is late as of now. */
  async leave(on: Transaction, { circle, header, state }: AppendedItem): Promise<void> {
    const present = presentIn(state.members);
    const leavers = leaversIn(header);
    for (const { state: task } of await on.query<Row>(OPEN, [circle])) {
      const after = leaveTask(task, leavers, header.at);
      if (after !== task) await this.save(on, circle, after, header.at);
      await this.arm(on, circle, after, present);
    }
  }

  /** All deadlines of a file's open items, by who is a member now. */
  async settle(on: Transaction, circle: CircleId, present: Present): Promise<void> {
    const rows = await on.query<Row>(OPEN, [circle]);
    for (const { state } of rows) await this.arm(on, circle, state, present);
  }

  private arm(on: Transaction, circle: CircleId, task: TaskState, present: Present) {
    return this.deadlines.arm(on, circle, taskDeadlines(task, present), task.task);
  }
}

async function find(on: Transaction, circle: CircleId, task: Uuid): Promise<TaskState | undefined> {
  return (await on.query<Row>(BEFORE, [circle, task]))[0]?.state;
}

async function count(on: Transaction, circle: CircleId): Promise<number> {
  return (await on.query<{ planned: number }>(PLANNED, [circle]))[0]?.planned ?? 0;
}
