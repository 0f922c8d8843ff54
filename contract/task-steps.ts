/**
 * The steps of an item's life as data: from where, and under which guards. Two laws: `loop`, the
 * closed one, and `first`, under which the items of version 1 were planned and end.
 */
import type { MemberId, Uuid } from './ids.js';
import type { TASK_KINDS } from './task.js';

export type TaskKind = keyof typeof TASK_KINDS;
export type TaskPhase = 'offered' | 'accepted' | 'declined' | 'done' | 'impossible' | 'dropped';

export interface TaskState {
  readonly task: Uuid;
  readonly owner: MemberId;
  readonly due: number | null;
  readonly isDone: boolean;
  readonly phase: TaskPhase;
  /** Who planned it: it is theirs until somebody accepted it, and again when nobody has it. */
  readonly planner: MemberId;
  readonly law: 'first' | 'loop';
  /** When it came into this phase. */
  readonly since: number;
  readonly reason: string | null;
}

export interface TaskStep {
  readonly from: readonly (TaskPhase | 'none')[];
  readonly to: TaskPhase;
  readonly guards: readonly TaskGuardName[];
}

export type TaskSteps = Readonly<Partial<Record<TaskKind, TaskStep>>>;
export type TaskLaws = Readonly<Record<TaskState['law'], TaskSteps>>;

interface TaskAttempt {
  readonly before: TaskState | undefined;
  readonly rule: TaskStep;
  readonly actor: MemberId;
}

interface TaskGuard {
  readonly why: string;
  readonly holds: (attempt: TaskAttempt) => boolean;
}

export const TASK_GUARDS = {
  'right-phase': {
    why: 'the item is not where this begins',
    holds: ({ before, rule }) => rule.from.includes(before?.phase ?? 'none'),
  },
  'by-owner': {
    why: 'only the owner does this',
    holds: ({ before, actor }) => before?.owner === actor,
  },
  'by-owner-or-planner': {
    why: 'only the owner or the planner hands it on',
    holds: ({ before, actor }) => before?.owner === actor || before?.planner === actor,
  },
} as const satisfies Record<string, TaskGuard>;

export type TaskGuardName = keyof typeof TASK_GUARDS;

const byOwner = (from: readonly TaskPhase[], to: TaskPhase): TaskStep => {
  return { from, to, guards: ['right-phase', 'by-owner'] };
};

const planned: TaskStep = { from: ['none'], to: 'offered', guards: ['right-phase'] };

export const TASK_LAWS: TaskLaws = {
  first: {
    'task.planned': planned,
    'task.handed-on': { from: ['offered'], to: 'offered', guards: ['right-phase'] },
    'task.done': { from: ['offered'], to: 'done', guards: ['right-phase'] },
  },
  loop: {
    'task.planned': planned,
    'task.accepted': byOwner(['offered', 'declined'], 'accepted'),
    'task.declined': byOwner(['offered', 'accepted'], 'declined'),
    'task.done': byOwner(['accepted'], 'done'),
    'task.impossible': byOwner(['accepted'], 'impossible'),
    'task.handed-on': {
      from: ['offered', 'accepted', 'declined', 'impossible'],
      to: 'offered',
      guards: ['right-phase', 'by-owner-or-planner'],
    },
  },
};

/** The first guard that does not hold; null where all do. */
export function brokenTaskGuard(attempt: TaskAttempt): TaskGuardName | null {
  return attempt.rule.guards.find((guard) => !TASK_GUARDS[guard].holds(attempt)) ?? null;
}
