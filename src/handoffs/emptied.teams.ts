/**
 * A team that nobody is left in can answer for nothing, and hand nothing on: whoever waits for it
 * is told at once, and the coordinators learn which team it is. What it was asked keeps its
 * deadlines.
 */
import type { CircleId, MemberId } from '@liaison/contract/ids';
import { memberRef } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import type { Transaction } from '../platform/database/database.js';
import { HandoffCalls } from './handoff.calls.js';

interface Waiting {
  readonly circle: CircleId;
  readonly member: MemberId;
}

/** Who asked it for something that is not over: the senders, and the planners of its items. */
const WAITING = `
  SELECT h.circle_id AS circle, h.sender AS member
  FROM handoffs h JOIN handoff_addressees a USING (circle_id)
  WHERE a.member_id = $1 AND h.phase = 'sent' AND a.phase IN ('offered', 'accepted')
  UNION
  SELECT coalesce(h.circle_id, t.circle_id), t.state ->> 'planner'
  FROM handoff_tasks t LEFT JOIN handoffs h ON h.file_id = t.circle_id
  WHERE t.owner = $1 AND t.done_at IS NULL`;

@Injectable()
export class EmptiedTeams {
  constructor(
    private readonly calls: HandoffCalls,
    private readonly members: CircleMembers,
  ) {}

  async raise(on: Transaction, member: MemberId): Promise<void> {
    const ref = memberRef(member);
    if (ref.type !== 'team') return;
    const waiting = await on.query<Waiting & Record<string, unknown>>(WAITING, [member]);
    if (waiting.length === 0) return;
    for (const one of waiting) {
      await this.calls.call(on, 'handoff-late', one.circle, [one.member], null);
    }
    const coordinators = await this.members.coordinatorsOf(ref.team, on);
    await this.calls.call(on, 'team-late', ref.team, coordinators, null);
  }
}
