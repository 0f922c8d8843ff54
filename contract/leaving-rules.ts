/**
 * What becomes of somebody's word when they leave: removed, gone by themselves, or begun anew under
 * another identity. Whoever was asked declines by leaving, whoever had taken it gives it back, and
 * it falls to whoever must find another. Run by the server and by every client that folds the same
 * statements: nothing ever waits for somebody who cannot read it any more.
 */
import type { LapsedMember } from './circle.js';
import { LEFT } from './handoff.lists.js';
import { giveBack, type HandoffState } from './handoff-rules.js';
import type { MemberId } from './ids.js';
import type { ItemHeader } from './item.js';
import { isTaskOver, type TaskState } from './task-rules.js';

/** Statements by which members leave a circle. */
export const LEAVING_KINDS = ['member.removed', 'epoch.opened'] as const;

interface Leaving {
  readonly member?: MemberId;
  readonly lapsed?: readonly LapsedMember[];
  readonly next?: { readonly lapsed?: readonly LapsedMember[] } | null;
}

/** Whom a statement that the law let in takes out of its circle. */
export function leaversIn({ kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>): MemberId[] {
  if (!LEAVING_KINDS.some((one) => one === kind)) return [];
  const { member, lapsed = [], next } = facts as Leaving;
  const begunAnew = [...lapsed, ...(next?.lapsed ?? [])].map((one) => one.member);
  return member === undefined ? begunAnew : [member, ...begunAnew];
}

/** Of a handoff: what they were asked, or had taken, is given back. What they did stays done. */
export function leaveHandoff(
  state: HandoffState,
  leavers: readonly MemberId[],
  at: number,
): HandoffState {
  return leavers.reduce((before, member) => {
    const phase = before.phase === 'sent' ? before.addressees[member]?.phase : undefined;
    return phase === 'offered' || phase === 'accepted'
      ? giveBack(before, member, LEFT, at)
      : before;
  }, state);
}

/** Of an item: from now on it waits for who answers for it instead, and is late from now on. */
export function leaveTask(task: TaskState, leavers: readonly MemberId[], at: number): TaskState {
  const isOwners = leavers.includes(task.owner);
  const isPlanners = task.phase === 'declined' && leavers.includes(task.planner);
  return !isTaskOver(task) && (isOwners || isPlanners) ? { ...task, since: at } : task;
}
