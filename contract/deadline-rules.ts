/**
 * When somebody must be called again, as pure functions of what the entries say: the server keeps
 * the answer as rows and sweeps them by the database's clock, a client shows the same by its own.
 * Whatever waits has at least one deadline, and the last one reaches a coordinator.
 */
import { HANDOFF_KIND_TABLE } from './handoff-kinds.js';
import { awaitedIn, type HandoffState, membersIn, takersOf } from './handoff-state.js';
import type { MemberId, Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { accountableFor, isTaskOver, type Present, type TaskState } from './task-rules.js';

/**
 * `opens`: they are asked from now on. `late`: they did not answer, or do, in time; they and
 * whoever asked are called. `unanswered`: nobody is left who was asked. `coordinator`: the
 * community’s coordinators learn that a team is late, and nothing else.
 */
export const DEADLINE_LEVELS = ['opens', 'late', 'unanswered', 'coordinator'] as const;
export type DeadlineLevel = (typeof DEADLINE_LEVELS)[number];

export interface Deadline {
  /**
   * The addressee, the sender whom nobody answers for, somebody without an account, or the item.
   */
  readonly subject: MemberId | Uuid;
  readonly level: DeadlineLevel;
  readonly at: number;
  /** Whose lateness it is. */
  readonly member: MemberId;
}

/** Everything that is still to fire, or would have, as the handoff stands. */
export function handoffDeadlines(state: HandoffState): Deadline[] {
  if (state.phase !== 'sent' || state.sender === null) return [];
  const { coordinatorMs } = HANDOFF_KIND_TABLE[state.kind];
  const waiting = membersIn(state, ['offered']).flatMap((member) => {
    const one = state.addressees[member];
    if (one === undefined) return [];
    const due = Math.max(one.due, one.opensAt);
    const opens = one.opensAt > one.offeredAt ? [at(member, 'opens', one.opensAt)] : [];
    return [...opens, at(member, 'late', due), at(member, 'coordinator', due + coordinatorMs)];
  });
  return [...waiting, ...awaited(state, state.sender), ...unanswered(state, state.sender)];
}

const at = (member: MemberId, level: DeadlineLevel, instant: number): Deadline => {
  return { subject: member, level, at: instant, member };
};

/**
 * For whom has no account the sender answers. Where one may take it, somebody who did ends this.
 */
function awaited(state: HandoffState, sender: MemberId): Deadline[] {
  const { coordinatorMs, exclusive } = HANDOFF_KIND_TABLE[state.kind];
  if (exclusive && takersOf(state).length > 0) return [];
  return awaitedIn(state).flatMap(([subject, { due }]): Deadline[] => [
    { subject, level: 'late', at: due, member: sender },
    { subject, level: 'coordinator', at: due + coordinatorMs, member: sender },
  ]);
}

/** Nobody has it and nobody is asked: it is the sender's again. */
function unanswered(state: HandoffState, sender: MemberId): Deadline[] {
  if (membersIn(state, ['offered', 'accepted', 'done']).length > 0) return [];
  if (awaitedIn(state).length > 0) return [];
  const answers = Object.values(state.addressees).map(({ answeredAt }) => answeredAt ?? 0);
  const { unansweredMs, coordinatorMs } = HANDOFF_KIND_TABLE[state.kind];
  const due = Math.max(state.begunAt ?? 0, ...answers) + unansweredMs;
  return [at(sender, 'unanswered', due), at(sender, 'coordinator', due + coordinatorMs)];
}

/**
 * An item that nobody accepted is late after a day, one that is taken at its due instant. One that
 * was given back, or whose owner is gone, is late at once: it has fallen to whoever planned it.
 */
export function taskDeadlines(task: TaskState, present: Present): Deadline[] {
  const member = accountableFor(task, present);
  if (member === null || isTaskOver(task)) return [];
  const due = taskLateAt(task, present);
  if (due === null) return [];
  const subject = task.task;
  return [
    { subject, level: 'late', at: due, member },
    { subject, level: 'coordinator', at: due + LIMITS.taskEscalationMs.value, member },
  ];
}

function taskLateAt(task: TaskState, present: Present): number | null {
  if (task.law === 'first') return task.due;
  const isGivenBack = task.phase === 'declined' || !present.has(task.owner);
  if (isGivenBack) return task.since;
  const due = task.due ?? task.since;
  return task.phase === 'accepted' ? due : Math.min(due, task.since + LIMITS.taskAnswerMs.value);
}

/** Whether an open item awaits somebody past its time. */
export function isTaskLate(task: TaskState, present: Present, instant: number): boolean {
  const deadlines = taskDeadlines(task, present);
  return deadlines.some((one) => one.level === 'late' && one.at <= instant);
}
