/**
 * The life of a plan's items as data, run by the server before it appends to a file and by every
 * client as it folds it. At each instant one member answers for an open item: its owner once they
 * accepted it, and until then, or when they gave it back or are gone, whoever planned it.
 */
import { HANDOFF_KINDS } from './handoff.js';
import type { MemberId, Uuid } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';
import {
  brokenTaskGuard,
  TASK_GUARDS,
  TASK_LAWS,
  type TaskGuardName,
  type TaskKind,
  type TaskLaws,
  type TaskState,
} from './task-steps.js';

export type { TaskState };

export type TaskVerdict =
  | { readonly ok: true; readonly task: TaskState }
  | { readonly ok: false; readonly why: string; readonly guard: TaskGuardName | null };

type Header = Pick<ItemHeader, 'kind' | 'kv' | 'at' | 'facts'>;

const refuse = (why: string, guard: TaskGuardName | null = null): TaskVerdict => {
  return { ok: false, why, guard };
};

export function isTaskStep(kind: string): kind is TaskKind {
  return Object.hasOwn(TASK_LAWS.loop, kind);
}

/** The task of that entry; null where its facts are none. */
export function taskOf({ kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>): Uuid | null {
  if (!isTaskStep(kind)) return null;
  return HANDOFF_KINDS[kind].facts.safeParse(facts).data?.task ?? null;
}

/** From this version of `task.planned` on, an item is of the closed loop. */
const LOOP_VERSION = 2;

/**
 * What one entry does to its task. `before`: as it stands; `planned`: how many the file has;
 * `actor`: the member through which the author speaks.
 */
export function stepTask(
  before: TaskState | undefined,
  planned: number,
  header: Header,
  actor: MemberId,
  laws: TaskLaws = TASK_LAWS,
): TaskVerdict {
  const { kind, facts, kv, at } = header;
  if (!isTaskStep(kind)) return refuse('no step of an item');
  if (!HANDOFF_KINDS[kind].facts.safeParse(facts).success) return refuse(`facts of ${kind}`);
  const law = before?.law ?? (kind === 'task.planned' && kv < LOOP_VERSION ? 'first' : 'loop');
  const rule = laws[law][kind];
  if (rule === undefined) return refuse('this item knows no such step');
  const broken = brokenTaskGuard({ before, rule, actor });
  if (broken !== null) return refuse(TASK_GUARDS[broken].why, broken);
  if (kind === 'task.planned') return plan({ planned, law, actor }, header);
  if (before === undefined) return refuse('no such item');
  const { owner, reason } = facts as { owner?: MemberId; reason?: string };
  const phase = rule.to;
  const now = { owner: owner ?? before.owner, phase, since: at, reason: reason ?? null };
  return { ok: true, task: { ...before, ...now, isDone: phase === 'done' } };
}

interface Planning {
  readonly planned: number;
  readonly law: TaskState['law'];
  readonly actor: MemberId;
}

function plan({ planned, law, actor }: Planning, { facts, at }: Header): TaskVerdict {
  const { task, owner, due } = HANDOFF_KINDS['task.planned'].facts.parse(facts);
  if (planned >= LIMITS.tasksPerHandoff.value) return refuse('a plan holds no more items');
  if (law === 'loop' && due === null) return refuse('an item has a due instant');
  const fresh = { phase: 'offered', since: at, reason: null, isDone: false } as const;
  return { ok: true, task: { task, owner, due, planner: actor, law, ...fresh } };
}

/** Whether nothing more is awaited of it. */
export function isTaskOver({ phase }: Pick<TaskState, 'phase'>): boolean {
  return phase === 'done' || phase === 'impossible' || phase === 'dropped';
}

/**
 * An item after its plan was ended as a whole, which the law of the circle leaves to its admins: of
 * a handoff, the sending team. What was over stays as it was.
 */
export function droppedTask(
  before: TaskState,
  { at, facts }: Pick<ItemHeader, 'at' | 'facts'>,
): TaskState {
  if (isTaskOver(before)) return before;
  const reason = HANDOFF_KINDS['plan.ended'].facts.safeParse(facts).data?.reason ?? null;
  return { ...before, phase: 'dropped', since: at, reason };
}

/** Who is there to answer: the members of the file, and the one of its admins who keeps it. */
export interface Present {
  readonly has: (member: MemberId) => boolean;
  /** A circle has an admin as long as anybody is in it. */
  readonly keeper: MemberId | null;
}

export function presentIn(members: ReadonlyMap<MemberId, { readonly role: string }>): Present {
  const admins = [...members].filter(([, { role }]) => role === 'admin').map(([member]) => member);
  return { has: (member) => members.has(member), keeper: admins.sort()[0] ?? null };
}

/**
 * The one who answers for it; null where nothing more is awaited. Its owner once they accepted it,
 * else its planner, else the keeper of the file: never somebody who is gone.
 */
export function accountableFor(task: TaskState, present: Present): MemberId | null {
  if (isTaskOver(task)) return null;
  const isTaken = task.phase === 'accepted' || task.law === 'first';
  if (isTaken && present.has(task.owner)) return task.owner;
  return present.has(task.planner) ? task.planner : present.keeper;
}
