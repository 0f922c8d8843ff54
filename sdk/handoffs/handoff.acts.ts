/** What somebody may do now to a handoff or an item: their laws, asked in advance. */
import { HANDOFF_KINDS } from '@liaison/contract/handoff';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import { type HandoffState, takersOf } from '@liaison/contract/handoff-state';
import { brokenGuard, type StepName } from '@liaison/contract/handoff-steps';
import type { MemberId } from '@liaison/contract/ids';
import { isTaskLate } from '@liaison/contract/deadline-rules';
import { accountableFor, type Present, type TaskState } from '@liaison/contract/task-rules';
import { brokenTaskGuard, TASK_LAWS, type TaskKind } from '@liaison/contract/task-steps';
import type { HandoffAct, TaskAct } from '../face.js';

const STEPS: Readonly<Record<Exclude<HandoffAct, 'answer'>, StepName>> = {
  accept: 'handoff.accepted',
  decline: 'handoff.declined',
  done: 'handoff.done',
  reassign: 'handoff.reassigned',
  close: 'handoff.closed',
  cancel: 'handoff.cancelled',
  recall: 'handoff.recalled',
  supersede: 'handoff.superseded',
  await: 'handoff.awaited',
};

/** What may be done at that instant, what is asked for first. */
export function actsOf(
  state: HandoffState,
  mine: readonly MemberId[],
  instant: number,
): HandoffAct[] {
  const steps = (Object.keys(STEPS) as (keyof typeof STEPS)[]).filter((act) => {
    return mine.some((actor) => mayTake(STEPS[act], state, actor, instant));
  });
  return mayAnswer(state, mine) ? ['answer', ...steps.filter((act) => act !== 'done')] : steps;
}

/** Where an answer is asked for, it is by answering that one is done; one may add to it later. */
function mayAnswer(state: HandoffState, mine: readonly MemberId[]): boolean {
  if (HANDOFF_KIND_TABLE[state.kind].answer === null || state.phase !== 'sent') return false;
  return takersOf(state).some((taker) => mine.includes(taker));
}

/** Whether the law lets that member take a step, about whichever addressee it may be about. */
function mayTake(step: StepName, state: HandoffState, actor: MemberId, at: number): boolean {
  const rule = HANDOFF_KIND_TABLE[state.kind].steps[step];
  const { version } = HANDOFF_KINDS[step];
  const about =
    rule.addressee === undefined ? [null] : (Object.keys(state.addressees) as MemberId[]);
  return about.some((member) => {
    const before = member === null ? undefined : state.addressees[member];
    return brokenGuard({ state, rule, actor, at, version, member, before, next: null }) === null;
  });
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
