/**
 * Empties the tables into which handoffs are folded and fills them again from the entries, by the
 * same rules, in one transaction; then says what differed. What is not in the entries is kept: the
 * instants at which the sweeper raised somebody as late.
 */
import { type CircleKind, isStatementKind } from '@liaison/contract/circle';
import { Problem } from '@liaison/contract/errors';
import { HANDOFF_TRANSITIONS, isHandoffStep } from '@liaison/contract/handoff-rules';
import { HOLDER_KINDS } from '@liaison/contract/holder';
import type { MemberId } from '@liaison/contract/ids';
import { LEAVING_KINDS, leaversIn } from '@liaison/contract/leaving-rules';
import { PLAN_KINDS, TASK_KINDS } from '@liaison/contract/task';
import { isTaskStep, presentIn } from '@liaison/contract/task-rules';
import { circlesOfKind, replayed } from '../circles/circle.replay.js';
import type { AppendedItem } from '../circles/entry-rule.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { DeadlineRows } from './deadline.rows.js';
import { HandoffRows } from './handoff.rows.js';
import { foldStep } from './handoff.rule.js';
import { foldHolding } from './holder.rows.js';
import { foldLeaving } from './leaving.rule.js';
import { TaskRows } from './task.rows.js';

/** One row that was not what the entries say. `null`: it was not there, or should not be. */
export interface Difference {
  readonly table: string;
  readonly key: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface RebuildReport {
  readonly items: number;
  readonly differences: readonly Difference[];
}

interface Projection {
  readonly table: string;
  readonly key: readonly string[];
}

/** Those that refer to others come after them. */
const PROJECTIONS: readonly Projection[] = [
  { table: 'handoffs', key: ['circle_id'] },
  { table: 'handoff_addressees', key: ['circle_id', 'member_id'] },
  { table: 'handoff_tasks', key: ['circle_id', 'task_id'] },
  { table: 'handoff_deadlines', key: ['circle_id', 'subject', 'level'] },
  { table: 'team_holders', key: ['circle_id', 'k'] },
];
const TABLES = PROJECTIONS.map(({ table }) => table).join(', ');
const CIRCLES: readonly CircleKind[] = ['handoff', 'file', 'team'];

const FORGET = [...PROJECTIONS].reverse().map(({ table }) => `DELETE FROM ${table}`);
const KEEP_FIRED = `
  UPDATE handoff_deadlines a SET fired_at = b.fired_at FROM before_handoff_deadlines b
  WHERE (a.circle_id, a.subject, a.level, a.due_at, a.member_id) =
    (b.circle_id, b.subject, b.level, b.due_at, b.member_id)`;
const ENTRIES = [HANDOFF_TRANSITIONS, TASK_KINDS, PLAN_KINDS, HOLDER_KINDS].flatMap((kinds) =>
  Object.keys(kinds),
);
const KINDS = [...ENTRIES, ...LEAVING_KINDS];
const PRESENT = 'SELECT member, role FROM circle_members WHERE circle_id = $1 AND present';
const KEEP_LATENESS = `
  UPDATE handoff_addressees a SET late_since = b.late_since FROM before_handoff_addressees b
  WHERE (a.circle_id, a.member_id, a.due_at) = (b.circle_id, b.member_id, b.due_at)`;

/** What only the sweeper writes. */
const SWEPT = "'{late_since,fired_at}'::text[]";

const compare = ({ table, key }: Projection): string => `
  SELECT '${table}' AS table, concat_ws(' ', ${key.join(', ')}) AS key,
    to_jsonb(b) - ${SWEPT} AS before, to_jsonb(a) - ${SWEPT} AS after
  FROM before_${table} b FULL JOIN ${table} a USING (${key.join(', ')})
  WHERE to_jsonb(b) - ${SWEPT} IS DISTINCT FROM to_jsonb(a) - ${SWEPT}
  ORDER BY 2`;

export class HandoffRebuild {
  private readonly tasks: TaskRows;
  private readonly rows: HandoffRows;

  constructor(private readonly database: Database) {
    const deadlines = new DeadlineRows();
    this.tasks = new TaskRows(deadlines);
    this.rows = new HandoffRows(database, deadlines);
  }

  run(): Promise<RebuildReport> {
    return this.database.transaction(async (on) => {
      // Appends of handoffs wait for the end; everything else goes on.
      await on.query(`LOCK TABLE ${TABLES} IN EXCLUSIVE MODE`);
      for (const { table } of PROJECTIONS) {
        await on.query(`CREATE TEMP TABLE before_${table} ON COMMIT DROP AS TABLE ${table}`);
      }
      for (const statement of FORGET) await on.query(statement);
      const items = await this.replay(on);
      await on.query(KEEP_LATENESS);
      await on.query(KEEP_FIRED);
      const differences: Difference[] = [];
      for (const projection of PROJECTIONS) {
        type Row = Difference & Record<string, unknown>;
        differences.push(...(await on.query<Row>(compare(projection))));
      }
      return { items, differences };
    });
  }

  private async replay(on: Transaction): Promise<number> {
    let items = 0;
    for await (const circle of circlesOfKind(on, CIRCLES)) {
      for await (const item of replayed(on, circle, KINDS)) {
        const { header } = item;
        // Of the statements, only those by which somebody leaves.
        if (isStatementKind(header.kind) && leaversIn(header).length === 0) continue;
        await this.apply(on, item);
        items += 1;
      }
      const members = await on.query<{ member: MemberId; role: string }>(PRESENT, [circle]);
      const present = presentIn(new Map(members.map((one) => [one.member, one])));
      await this.tasks.settle(on, circle, present);
    }
    return items;
  }

  private async apply(on: Transaction, item: AppendedItem): Promise<void> {
    try {
      const { kind } = item.header;
      if (leaversIn(item.header).length > 0) await this.leave(on, item);
      else if (isTaskStep(kind)) await this.tasks.fold(on, item);
      else if (kind === 'plan.ended') await this.tasks.end(on, item);
      else if (Object.hasOwn(HOLDER_KINDS, kind)) await foldHolding(on, item);
      else if (isHandoffStep(kind)) await foldStep(this.rows, on, item);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      // It was taken once: the database was changed behind us, or the rules were.
      const where = `Item ${item.circle} ${item.k} (${item.header.kind})`;
      throw new Error(`${where} is refused now: ${error.message}.`, { cause: error });
    }
  }

  private async leave(on: Transaction, item: AppendedItem): Promise<void> {
    if (item.kind === 'file') await this.tasks.leave(on, item);
    if (item.kind === 'handoff') await foldLeaving(this.rows, on, item);
  }
}
