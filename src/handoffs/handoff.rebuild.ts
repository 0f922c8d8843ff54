/**
 * Empties the tables into which handoffs are folded and fills them again from the entries, by the
 * same rules, in one transaction; then says what differed. What is not in the entries is kept: the
 * instants at which the sweeper raised somebody as late.
 */
import type { CircleKind } from '@liaison/contract/circle';
import { Problem } from '@liaison/contract/errors';
import { HANDOFF_TRANSITIONS } from '@liaison/contract/handoff-rules';
import { circlesOfKind, replayed } from '../circles/circle.replay.js';
import type { AppendedItem } from '../circles/entry-rule.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { HandoffRows } from './handoff.rows.js';
import { foldStep } from './handoff.rule.js';
import { TaskRule } from './task.rule.js';

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
];
const TABLES = PROJECTIONS.map(({ table }) => table).join(', ');
const CIRCLES: readonly CircleKind[] = ['handoff', 'file'];

const KEEP_LATENESS = `
  UPDATE handoff_addressees a SET late_since = b.late_since FROM before_handoff_addressees b
  WHERE (a.circle_id, a.member_id, a.due_at) = (b.circle_id, b.member_id, b.due_at)`;

const compare = ({ table, key }: Projection): string => `
  SELECT '${table}' AS table, concat_ws(' ', ${key.join(', ')}) AS key,
    to_jsonb(b) - 'late_since' AS before, to_jsonb(a) - 'late_since' AS after
  FROM before_${table} b FULL JOIN ${table} a USING (${key.join(', ')})
  WHERE to_jsonb(b) - 'late_since' IS DISTINCT FROM to_jsonb(a) - 'late_since'
  ORDER BY 2`;

export class HandoffRebuild {
  private readonly tasks = new TaskRule();
  private readonly rows: HandoffRows;

  constructor(private readonly database: Database) {
    this.rows = new HandoffRows(database);
  }

  run(): Promise<RebuildReport> {
    return this.database.transaction(async (on) => {
      // Appends of handoffs wait for the end; everything else goes on.
      await on.query(`LOCK TABLE ${TABLES} IN EXCLUSIVE MODE`);
      for (const { table } of PROJECTIONS) {
        await on.query(`CREATE TEMP TABLE before_${table} ON COMMIT DROP AS TABLE ${table}`);
      }
      await on.query('DELETE FROM handoff_tasks');
      await on.query('DELETE FROM handoffs');
      const items = await this.replay(on);
      await on.query(KEEP_LATENESS);
      const differences: Difference[] = [];
      for (const projection of PROJECTIONS) {
        type Row = Difference & Record<string, unknown>;
        differences.push(...(await on.query<Row>(compare(projection))));
      }
      return { items, differences };
    });
  }

  private async replay(on: Transaction): Promise<number> {
    const kinds = [...Object.keys(HANDOFF_TRANSITIONS), ...this.tasks.kinds];
    let items = 0;
    for await (const circle of circlesOfKind(on, CIRCLES)) {
      for await (const item of replayed(on, circle, kinds)) {
        await this.apply(on, item);
        items += 1;
      }
    }
    return items;
  }

  private async apply(on: Transaction, item: AppendedItem): Promise<void> {
    try {
      if (this.tasks.kinds.includes(item.header.kind)) await this.tasks.apply(on, item);
      else await foldStep(this.rows, on, item);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      // It was taken once: the database was changed behind us, or the rules were.
      const where = `Item ${item.circle} ${item.k} (${item.header.kind})`;
      throw new Error(`${where} is refused now: ${error.message}.`, { cause: error });
    }
  }
}
