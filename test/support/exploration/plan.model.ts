/**
 * A plan as it is explored: its items, three owners of whom each may leave, steps tried by
 * everybody about everything, time and crashes. Items are alike, so states that differ only in
 * which item is which are one.
 */
import { taskDeadlines } from '@liaison/contract/deadline-rules';
import { MemberId, type Uuid } from '@liaison/contract/ids';
import { TASK_KINDS } from '@liaison/contract/task';
import {
  accountableFor,
  droppedTask,
  isTaskOver,
  type Present,
  stepTask,
  type TaskState,
} from '@liaison/contract/task-rules';
import {
  TASK_LAWS,
  type TaskGuardName,
  type TaskKind,
  type TaskLaws,
} from '@liaison/contract/task-steps';
import type { Model } from './walk.js';

/** Of the sending team; others may plan as well. */
const PLANNER = MemberId.parse(`t.${'S'.repeat(42)}A`);
/** Two teams and a person. */
const OWNERS = ['t.A', 't.B', 'p.C'].map((name) =>
  MemberId.parse(`${name.slice(0, 2)}${name.slice(2).repeat(42)}A`),
);
const TICK_MS = 3_600_000;
const LAST_TICK = 2;

interface Item {
  readonly state: TaskState;
  /** Who said that they take it, and has neither given it back nor ended it since. */
  readonly acceptedBy: MemberId | null;
}

interface Plan {
  readonly items: readonly (Item | null)[];
  readonly gone: readonly MemberId[];
  readonly tick: number;
}

type Move =
  | { readonly do: 'tick' }
  | { readonly do: 'crash' }
  | { readonly do: 'leave'; readonly who: MemberId }
  /** The sending team recalls or cancels the whole: its plan ends. */
  | { readonly do: 'end' }
  | {
      readonly do: TaskKind;
      readonly by: MemberId;
      readonly item: number;
      readonly owner: MemberId | null;
    };

function movesOf(count: number): Move[] {
  const moves: Move[] = [{ do: 'tick' }, { do: 'crash' }, { do: 'end' }];
  for (const who of OWNERS) moves.push({ do: 'leave', who });
  for (let item = 0; item < count; item++) {
    for (const step of Object.keys(TASK_KINDS) as TaskKind[]) {
      const names = step === 'task.planned' || step === 'task.handed-on';
      const owners = names ? OWNERS : [null];
      // Of several items, all are planned by the sender: who plans matters to one item alone.
      const isSenders = step === 'task.planned' && count > 1;
      for (const by of isSenders ? [PLANNER] : [PLANNER, ...OWNERS]) {
        for (const owner of owners) moves.push({ do: step, by, item, owner });
      }
    }
  }
  return moves;
}

export function planModel(laws: TaskLaws, count: number): Model<Plan, Move> {
  const moves = movesOf(count);
  return {
    start: { items: Array.from({ length: count }, () => null), gone: [], tick: 1 },
    moves: () => moves,
    after: (plan, move) => after(plan, move, laws),
    key: keyOf,
    broken: (before, move, next) => brokenStep(before, move, next) ?? brokenPlan(next),
  };
}

function after(plan: Plan, move: Move, laws: TaskLaws): Plan | null {
  if (move.do === 'tick') return plan.tick < LAST_TICK ? { ...plan, tick: plan.tick + 1 } : null;
  if (move.do === 'crash') return JSON.parse(JSON.stringify(plan)) as Plan;
  if (move.do === 'leave') {
    return plan.gone.includes(move.who) ? null : { ...plan, gone: [...plan.gone, move.who] };
  }
  if (move.do === 'end') return ended(plan);
  // The circle's own law: who is gone writes nothing, and nothing is given to them.
  const named = [move.by, ...(move.owner === null ? [] : [move.owner])];
  if (named.some((one) => plan.gone.includes(one))) return null;
  const before = plan.items[move.item] ?? undefined;
  const verdict = stepTask(before?.state, 0, headerOf(move, plan.tick), move.by, laws);
  if (!verdict.ok) return null;
  const item = { state: verdict.task, acceptedBy: acceptedAfter(before, move) };
  return { ...plan, items: plan.items.with(move.item, item) };
}

function ended({ items, ...plan }: Plan): Plan {
  const header = { at: plan.tick * TICK_MS, facts: { reason: 'wrong-patient' } };
  return {
    ...plan,
    items: items.map((item) => item && { ...item, state: droppedTask(item.state, header) }),
  };
}

function headerOf({ do: kind, item, owner }: Extract<Move, { item: number }>, tick: number) {
  const task = `00000000-0000-4000-8000-00000000000${item}` as Uuid;
  const reasons: Partial<Record<TaskKind, string>> = {
    'task.declined': 'absent',
    'task.impossible': 'other',
  };
  const reason = reasons[kind];
  const due = kind === 'task.planned' ? { due: 30 * TICK_MS } : {};
  const facts = {
    task,
    ...(owner === null ? {} : { owner }),
    ...(reason === undefined ? {} : { reason }),
    ...due,
  };
  return { kind, kv: TASK_KINDS[kind].version, at: tick * TICK_MS, facts };
}

function acceptedAfter(
  before: Item | undefined,
  { do: kind, by }: Extract<Move, { item: number }>,
) {
  if (kind === 'task.accepted') return by;
  const isKept = kind === 'task.done' || kind === 'task.impossible';
  return isKept ? (before?.acceptedBy ?? null) : null;
}

/** The sender keeps the file: the last admin does not leave. */
const presentOf = ({ gone }: Plan): Present => {
  return { has: (member) => !gone.includes(member), keeper: PLANNER };
};

function keyOf(plan: Plan): string {
  const items = plan.items.map((item) => {
    if (item === null) return '-';
    const { phase, owner, planner } = item.state;
    // Nothing reads of a dropped item who had it.
    if (phase === 'dropped') return phase;
    return [phase, owner[2], planner[2], item.acceptedBy?.[2]].join('');
  });
  return [...items.sort(), [...plan.gone].sort().join(), plan.tick].join(' ');
}

function brokenStep(before: Plan, move: Move, next: Plan): string | null {
  if (move.do === 'end') return brokenEnd(before, next);
  if (!('item' in move)) return null;
  const [was, is] = [before.items[move.item] ?? null, next.items[move.item] ?? null];
  if (is === null) return 'an item is lost';
  if (move.do === 'task.planned') return was === null ? null : 'an item is planned once';
  if (was === null) return 'only what is planned has a life';
  return brokenAgain(was, move) ?? brokenAct(was, is, move);
}

/** Nothing of a plan that ended is open, and what was over by then stays as it was. */
function brokenEnd(before: Plan, next: Plan): string | null {
  const isOpen = next.items.some((item) => item !== null && !isTaskOver(item.state));
  if (isOpen) return 'something is left open of a plan that ended';
  const isChanged = before.items.some((was, i) => {
    return was !== null && isTaskOver(was.state) && was.state.phase !== next.items[i]?.state.phase;
  });
  return isChanged ? 'what was over is rewritten' : null;
}

type ItemMove = Extract<Move, { item: number }>;

/** What is over, or said already. */
function brokenAgain({ state }: Item, move: ItemMove): string | null {
  if (state.phase === 'done') return 'what is done stays done';
  if (state.phase === 'dropped') return 'what was dropped stays dropped';
  if (state.phase === 'impossible' && move.do !== 'task.handed-on') {
    return 'what cannot be done is handed on, or stays so';
  }
  return move.do === `task.${state.phase}` ? 'an answer is given once' : null;
}

function brokenAct(was: Item, is: Item, move: ItemMove): string | null {
  const isOwner = move.by === was.state.owner;
  if (move.do === 'task.handed-on') {
    return isOwner || move.by === was.state.planner ? null : 'others do not give it away';
  }
  if (!isOwner) return 'nobody speaks for the owner';
  return isTaskOver(is.state) && was.acceptedBy !== move.by ? 'closed without acceptance' : null;
}

/** One answers for each open item, who can act; and it is never silent. */
function brokenPlan(plan: Plan): string | null {
  for (const item of plan.items) {
    const broken = item === null ? null : brokenItem(plan, item);
    if (broken !== null) return broken;
  }
  return null;
}

function brokenItem(plan: Plan, { state, acceptedBy }: Item): string | null {
  const accountable = accountableFor(state, presentOf(plan));
  const deadlines = taskDeadlines(state, presentOf(plan));
  if (isTaskOver(state)) return accountable === null ? null : 'somebody answers for what is over';
  if (accountable === null) return 'nobody answers for it';
  if (plan.gone.includes(accountable)) return 'who answers for it is gone';
  if (![state.planner, PLANNER, acceptedBy].includes(accountable)) return 'answers unasked';
  const late = deadlines.find(({ level }) => level === 'late');
  const last = deadlines.find(({ level }) => level === 'coordinator');
  if (late?.member !== accountable || last === undefined) return 'silent';
  const isAdrift = state.phase === 'declined' || plan.gone.includes(state.owner);
  return isAdrift && late.at > plan.tick * TICK_MS ? 'what nobody has is not raised at once' : null;
}

export const GUARDED_TASK_STEPS: readonly [TaskKind, TaskGuardName][] = (
  Object.keys(TASK_LAWS.loop) as TaskKind[]
).flatMap((step) =>
  (TASK_LAWS.loop[step]?.guards ?? []).map((guard): [TaskKind, TaskGuardName] => [step, guard]),
);

/** The same laws with one guard less. */
export function withoutTaskGuard(step: TaskKind, guard: TaskGuardName): TaskLaws {
  const rule = TASK_LAWS.loop[step];
  if (rule === undefined) throw new Error(`No step ${step}.`);
  const guards = rule.guards.filter((one) => one !== guard);
  return { ...TASK_LAWS, loop: { ...TASK_LAWS.loop, [step]: { ...rule, guards } } };
}
