/**
 * Raises what waits past its time, by the database's clock. A deadline is a row, not a timer:
 * whatever queue or process is lost, the next sweep finds it.
 */
import { type CircleId, type MemberId, memberRef } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import { Outbox } from '../events/outbox.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { DeadlineRows, type FiredDeadline } from './deadline.rows.js';
import { HandoffCalls } from './handoff.calls.js';
import { HandoffRows } from './handoff.rows.js';

@Injectable()
export class HandoffSweeper {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly deadlines: DeadlineRows,
    private readonly rows: HandoffRows,
    private readonly calls: HandoffCalls,
    private readonly members: CircleMembers,
  ) {}

  /** One pass. Returns how many deadlines fired; full batches call for another pass. */
  async sweep(): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const fired = await this.deadlines.fire(transaction, LIMITS.sweepBatch.value);
      for (const one of fired) await this.raise(transaction, one);
      return fired.length;
    });
  }

  private async raise(on: Transaction, one: FiredDeadline): Promise<void> {
    const { circle, level, member, due } = one;
    if (level === 'opens') {
      const urgency = (await this.rows.find(on, circle))?.urgency ?? null;
      await this.calls.ask(on, { circle, at: due, except: null, urgency }, [member]);
      return;
    }
    await this.outbox.record(on, { type: 'deadline.passed', circle, member, due });
    if (level === 'coordinator') await this.escalate(on, circle, member);
    else await this.remind(on, one);
  }

  /** The sender, and who is late: the whole team, whoever holds its duty. */
  private async remind(on: Transaction, { circle, subject, member }: FiredDeadline) {
    const state = await this.rows.find(on, circle);
    if (state === undefined) {
      const handoff = await this.rows.ofFile(on, circle);
      const item = await this.rows.task(on, circle, subject);
      const told = new Set([member, ...(item === undefined ? [] : [item.owner, item.planner])]);
      await this.calls.call(on, 'item-late', handoff, [...told], null);
      return;
    }
    const told = state.sender === null ? [member] : [state.sender, member];
    await this.calls.call(on, 'handoff-late', circle, told, null);
  }

  /** The community's coordinators learn which team is late, and of nothing in particular. */
  private async escalate(on: Transaction, circle: CircleId, member: MemberId): Promise<void> {
    const ref = memberRef(member);
    const coordinators = await this.members.coordinatorsOf(circle, on);
    const team = ref.type === 'team' ? ref.team : null;
    await this.calls.call(on, 'team-late', team, coordinators, null);
  }
}
