/**
 * The life of a plan's tasks as data, run by the server before it appends to a file and by every
 * client as it folds it. Each task has one owner: who is asked instead of them takes it over.
 */
import { HANDOFF_KINDS } from './handoff.js';
import type { MemberId, Uuid } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';

export interface TaskState {
  readonly task: Uuid;
  readonly owner: MemberId;
  readonly due: number | null;
  readonly isDone: boolean;
}

export type TaskKind = Extract<keyof typeof HANDOFF_KINDS, `task.${string}`>;

export type TaskVerdict =
  | { readonly ok: true; readonly task: TaskState }
  | { readonly ok: false; readonly why: string };

const refuse = (why: string): TaskVerdict => ({ ok: false, why });

export function isTaskStep(kind: string): kind is TaskKind {
  return kind === 'task.planned' || kind === 'task.done' || kind === 'task.handed-on';
}

/** The task of that entry; null where its facts are none. */
export function taskOf({ kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>): Uuid | null {
  if (!isTaskStep(kind)) return null;
  return HANDOFF_KINDS[kind].facts.safeParse(facts).data?.task ?? null;
}

/** What one entry does to its task. `before`: as it stands; `planned`: how many the file has. */
export function stepTask(
  before: TaskState | undefined,
  planned: number,
  header: Pick<ItemHeader, 'kind' | 'facts'>,
): TaskVerdict {
  if (header.kind === 'task.planned') return plan(before, planned, header);
  if (before === undefined || before.isDone) return refuse('no such open task');
  if (header.kind === 'task.done') return { ok: true, task: { ...before, isDone: true } };
  const { success, data } = HANDOFF_KINDS['task.handed-on'].facts.safeParse(header.facts);
  if (!success) return refuse('facts of task.handed-on');
  return { ok: true, task: { ...before, owner: data.owner } };
}

function plan(
  before: TaskState | undefined,
  planned: number,
  { facts }: Pick<ItemHeader, 'facts'>,
): TaskVerdict {
  const { success, data } = HANDOFF_KINDS['task.planned'].facts.safeParse(facts);
  if (!success) return refuse('facts of task.planned');
  if (before !== undefined) return refuse('this task is planned already');
  if (planned >= LIMITS.tasksPerHandoff.value) return refuse('a plan holds no more tasks');
  return { ok: true, task: { ...data, isDone: false } };
}
