/**
 * Raises what nobody answered in time, by the database's clock. A deadline is a row, not a timer:
 * whatever queue or process is lost, the next sweep finds it.
 */
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { HandoffState } from '@liaison/contract/handoff-rules';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { Outbox } from '../events/outbox.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { HandoffCalls } from './handoff.calls.js';

interface Late {
  readonly circle: CircleId;
  readonly member: MemberId;
  readonly due: number;
  readonly state: HandoffState;
}

const SWEEP = `
  WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
  due AS (
    SELECT a.circle_id, a.member_id
    FROM handoff_addressees a JOIN handoffs h USING (circle_id), clock
    WHERE a.phase = 'offered' AND a.late_since IS NULL AND a.due_at <= clock.now
      AND h.phase = 'sent'
    ORDER BY a.due_at LIMIT $1 FOR UPDATE OF a SKIP LOCKED)
  UPDATE handoff_addressees a SET late_since = clock.now FROM due, clock, handoffs h
  WHERE (a.circle_id, a.member_id) = (due.circle_id, due.member_id) AND h.circle_id = a.circle_id
  RETURNING a.circle_id AS circle, a.member_id AS member, a.due_at AS due, h.state`;

@Injectable()
export class HandoffSweeper {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly calls: HandoffCalls,
  ) {}

  /** One pass. Returns how many addressees were raised; full batches call for another pass. */
  async sweep(): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const late = await transaction.query<Late & Record<string, unknown>>(SWEEP, [
        LIMITS.sweepBatch.value,
      ]);
      for (const one of late) await this.raise(transaction, one);
      return late.length;
    });
  }

  private async raise(transaction: Transaction, { circle, member, due, state }: Late) {
    await this.outbox.record(transaction, { type: 'deadline.passed', circle, member, due });
    const told = state.sender === null ? [member] : [state.sender, member];
    await this.calls.call(transaction, 'handoff-late', circle, told, null);
  }
}
