/** What the present person may do now to a handoff: the transition table, asked in advance. */
import type { HandoffState } from '@liaison/contract/handoff-rules';
import type { MemberId } from '@liaison/contract/ids';
import { isTaskLate } from '@liaison/contract/deadline-rules';
import { accountableFor, type Present, type TaskState } from '@liaison/contract/task-rules';
import { brokenTaskGuard, TASK_LAWS, type TaskKind } from '@liaison/contract/task-steps';
import type { HandoffAct, TaskAct } from '../face.js';

const ANSWERS = {
  accept: ['offered', 'declined'],
  decline: ['offered', 'accepted'],
  done: ['accepted'],
} as const;

export function actsOf(state: HandoffState, mine: readonly MemberId[]): HandoffAct[] {
  if (state.phase !== 'sent') return [];
  const phases = mine.flatMap((member) => state.addressees[member]?.phase ?? []);
  const acts: HandoffAct[] = [];
  for (const [act, from] of Object.entries(ANSWERS) as [HandoffAct, readonly string[]][]) {
    if (phases.some((phase) => from.includes(phase))) acts.push(act);
  }
  if (state.sender === null || !mine.includes(state.sender)) return acts;
  const all = Object.values(state.addressees).map((addressee) => addressee.phase);
  if (all.some((phase) => phase === 'offered' || phase === 'declined')) acts.push('reassign');
  return [...acts, 'close', 'cancel', 'supersede'];
}

const TASK_ACTS: Readonly<Record<TaskAct, TaskKind>> = {
  accept: 'task.accepted',
  decline: 'task.declined',
  done: 'task.done',
  impossible: 'task.impossible',
  'hand-on': 'task.handed-on',
};

/** What may be done now to an item, by its law; who may take it may say at once that it is done. */
export function taskActsOf(task: TaskState, mine: readonly MemberId[]): TaskAct[] {
  const acts = (Object.keys(TASK_ACTS) as TaskAct[]).filter((act) => {
    const rule = TASK_LAWS[task.law][TASK_ACTS[act]];
    if (rule === undefined) return false;
    return mine.some((actor) => brokenTaskGuard({ before: task, rule, actor }) === null);
  });
  return acts.includes('accept') ? [...acts, 'done'] : acts;
}

/** How an item stands for whoever looks at it at that instant. */
export function taskStanding(
  task: TaskState,
  present: Present,
  instant: number,
): { readonly accountable: MemberId | null; readonly late: boolean } {
  const accountable = accountableFor(task, present);
  return { accountable, late: isTaskLate(task, present, instant) };
}
