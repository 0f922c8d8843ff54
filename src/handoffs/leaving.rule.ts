/**
 * The server's side of somebody leaving a file, a handoff or a team: what they had is given back in
 * the transaction in which they leave, so that nothing is anybody's who is gone.
 */
import { LEAVING_KINDS, leaveHandoff, leaversIn } from '@liaison/contract/leaving-rules';
import { memberRef, teamMember } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';
import { EmptiedTeams } from './emptied.teams.js';
import { HandoffCalls } from './handoff.calls.js';
import { HandoffRows } from './handoff.rows.js';
import { TaskRows } from './task.rows.js';

@Injectable()
export class LeavingRule implements EntryRule {
  readonly kinds = LEAVING_KINDS;

  constructor(
    private readonly handoffs: HandoffRows,
    private readonly tasks: TaskRows,
    private readonly calls: HandoffCalls,
    private readonly emptied: EmptiedTeams,
  ) {}

  async apply(on: Transaction, item: AppendedItem): Promise<void> {
    if (leaversIn(item.header).length === 0) return;
    if (item.kind === 'file') await this.tasks.leave(on, item);
    if (item.kind === 'handoff') {
      const folded = await foldLeaving(this.handoffs, on, item);
      if (folded !== null) await this.calls.forLeaving(on, item, folded.after, folded.before);
    }
    if (item.kind === 'team' && !hasPeople(item)) {
      await this.emptied.raise(on, teamMember(item.circle));
    }
  }
}

const hasPeople = ({ state }: AppendedItem): boolean =>
  [...state.members.keys()].some((member) => memberRef(member).type === 'person');

/** The rows alone, nobody called; null where nothing changed. */
export async function foldLeaving(rows: HandoffRows, on: Transaction, item: AppendedItem) {
  const before = await rows.lock(on, item.circle);
  if (before === undefined) return null;
  const after = leaveHandoff(before, leaversIn(item.header), item.header.at);
  if (after === before) return null;
  await rows.save(on, item.circle, after, item.header.at);
  return { before, after };
}
