/** The rows into which a handoff's entries are folded. Written only inside an append. */
import { handoffDeadlines } from '@liaison/contract/deadline-rules';
import type { HandoffSummary } from '@liaison/contract/handoff-routes';
import { type AddresseeState, type HandoffState } from '@liaison/contract/handoff-rules';
import { HandoffSummary as HandoffSummarySchema } from '@liaison/contract/handoff-routes';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type { TaskState } from '@liaison/contract/task-rules';
import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';
import { DeadlineRows } from './deadline.rows.js';

const SAVE = `
  INSERT INTO handoffs (circle_id, phase, sender, urgency, file_id, sent_at, state, kind)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (circle_id) DO UPDATE SET phase = excluded.phase, state = excluded.state`;

/** An addressee who is offered anew (after a decline) is swept anew. */
const SAVE_ADDRESSEES = `
  INSERT INTO handoff_addressees AS old (circle_id, member_id, phase, due_at, opens_at)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[])
  ON CONFLICT (circle_id, member_id) DO UPDATE SET
    phase = excluded.phase, due_at = excluded.due_at, opens_at = excluded.opens_at,
    late_since = CASE WHEN old.due_at = excluded.due_at THEN old.late_since END`;

const LIST = `
  SELECT h.circle_id AS handoff, h.kind, h.phase, h.sender, h.urgency, h.sent_at AS "sentAt",
    coalesce(json_agg(json_build_object('member', a.member_id, 'phase', a.phase, 'due', a.due_at,
      'opensAt', a.opens_at, 'lateSince', a.late_since) ORDER BY a.member_id)
      FILTER (WHERE a.member_id IS NOT NULL), '[]') AS addressees
  FROM handoffs h LEFT JOIN handoff_addressees a USING (circle_id)
  WHERE h.sent_at < $2 AND EXISTS (
    SELECT FROM effective_members m WHERE m.circle_id = h.circle_id AND m.person_id = $1
      AND (m.until_at IS NULL OR m.until_at > $4))
  GROUP BY h.circle_id ORDER BY h.sent_at DESC LIMIT $3`;

@Injectable()
export class HandoffRows {
  constructor(
    private readonly database: Database,
    private readonly deadlines: DeadlineRows,
  ) {}

  /** The state so far, its row held until the append ends; undefined before the offer. */
  async lock(transaction: Transaction, circle: CircleId): Promise<HandoffState | undefined> {
    const rows = await transaction.prepared<{ state: HandoffState }>(
      'SELECT state FROM handoffs WHERE circle_id = $1 FOR UPDATE',
      [circle],
    );
    return rows[0]?.state;
  }

  /** The state as it stands, held by nobody; undefined where nothing was offered. */
  async find(on: Queryable, circle: CircleId): Promise<HandoffState | undefined> {
    const sql = 'SELECT state FROM handoffs WHERE circle_id = $1';
    return (await on.query<{ state: HandoffState }>(sql, [circle]))[0]?.state;
  }

  /** The handoff whose file it is; the file itself before anything was offered. */
  async ofFile(on: Queryable, file: CircleId): Promise<CircleId> {
    const sql = 'SELECT circle_id AS circle FROM handoffs WHERE file_id = $1';
    return (await on.query<{ circle: CircleId }>(sql, [file]))[0]?.circle ?? file;
  }

  async task(on: Queryable, file: CircleId, task: string): Promise<TaskState | undefined> {
    const sql = 'SELECT state FROM handoff_tasks WHERE circle_id = $1 AND task_id::text = $2';
    return (await on.query<{ state: TaskState }>(sql, [file, task]))[0]?.state;
  }

  async save(
    transaction: Transaction,
    circle: CircleId,
    state: HandoffState,
    at: number,
  ): Promise<void> {
    await transaction.prepared(SAVE, [
      circle,
      state.phase,
      state.sender,
      state.urgency,
      state.file,
      at,
      JSON.stringify(state),
      state.kind,
    ]);
    const addressees = Object.entries<AddresseeState>(state.addressees);
    await transaction.prepared(SAVE_ADDRESSEES, [
      circle,
      addressees.map(([member]) => member),
      addressees.map(([, addressee]) => addressee.phase),
      addressees.map(([, addressee]) => addressee.due),
      addressees.map(([, addressee]) => addressee.opensAt),
    ]);
    await this.deadlines.arm(transaction, circle, handoffDeadlines(state));
  }

  async listFor(
    person: PersonId,
    before: number,
    limit: number,
    now: number,
  ): Promise<HandoffSummary[]> {
    const rows = await this.database.query(LIST, [person, before, limit, now]);
    return rows.map((row) => HandoffSummarySchema.parse(row));
  }
}
