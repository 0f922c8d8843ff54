/**
 * What handoffs and items wait for, as rows: exactly the deadlines that the rules name as things
 * stand. Written inside an append; the sweeper marks those that fired.
 */
import type { Deadline, DeadlineLevel } from '@liaison/contract/deadline-rules';
import type { CircleId, MemberId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/database.js';

export interface FiredDeadline {
  readonly circle: CircleId;
  readonly subject: string;
  readonly level: DeadlineLevel;
  readonly due: number;
  readonly member: MemberId;
}

/** One that moved is armed anew; one that stays where it was has fired or not, as before. */
const ARM = `
  INSERT INTO handoff_deadlines AS old (circle_id, subject, level, due_at, member_id)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[])
  ON CONFLICT (circle_id, subject, level) DO UPDATE SET
    fired_at = CASE WHEN old.due_at = excluded.due_at AND old.member_id = excluded.member_id
      THEN old.fired_at END,
    due_at = excluded.due_at, member_id = excluded.member_id`;

const DISARM = `
  DELETE FROM handoff_deadlines WHERE circle_id = $1 AND ($4::text IS NULL OR subject = $4)
    AND (subject, level) NOT IN (SELECT * FROM unnest($2::text[], $3::text[]))`;

const FIRE = `
  WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
  due AS (
    SELECT d.circle_id, d.subject, d.level FROM handoff_deadlines d, clock
    WHERE d.fired_at IS NULL AND d.due_at <= clock.now
    ORDER BY d.due_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED),
  fired AS (
    UPDATE handoff_deadlines d SET fired_at = clock.now FROM due, clock
    WHERE (d.circle_id, d.subject, d.level) = (due.circle_id, due.subject, due.level)
    RETURNING d.*),
  marked AS (
    UPDATE handoff_addressees a SET late_since = f.fired_at FROM fired f
    WHERE f.level = 'late' AND (a.circle_id, a.member_id) = (f.circle_id, f.subject))
  SELECT circle_id AS circle, subject, level, due_at AS due, member_id AS member
  FROM fired ORDER BY due_at`;

@Injectable()
export class DeadlineRows {
  /** All of a circle, or of one subject in it. */
  async arm(
    on: Transaction,
    circle: CircleId,
    deadlines: readonly Deadline[],
    subject: string | null = null,
  ): Promise<void> {
    const subjects = deadlines.map((one) => one.subject);
    const levels = deadlines.map((one) => one.level);
    await on.query(DISARM, [circle, subjects, levels, subject]);
    if (deadlines.length === 0) return;
    const times = deadlines.map(({ at }) => at);
    const members = deadlines.map(({ member }) => member);
    await on.query(ARM, [circle, subjects, levels, times, members]);
  }

  /** Marks what is due by the database's clock, each once whoever sweeps beside. */
  fire(on: Transaction, limit: number): Promise<FiredDeadline[]> {
    return on.query<FiredDeadline & Record<string, unknown>>(FIRE, [limit]);
  }
}
