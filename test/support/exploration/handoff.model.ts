/**
 * A handoff as it is explored: a sending team, three who are asked, steps tried by everybody about
 * everybody, time that passes and crashes after which only the stored state is left. The steps are
 * run by the contract's engine over the tables that it is given.
 */
import { handoffDeadlines } from '@liaison/contract/deadline-rules';
import type { HandoffKindName } from '@liaison/contract/handoff';
import { HANDOFF_KIND_TABLE, type HandoffKindTable } from '@liaison/contract/handoff-kinds';
import { DRAFT, type HandoffState, stepHandoff } from '@liaison/contract/handoff-rules';
import { HANDOFF_KINDS } from '@liaison/contract/handoff';
import type { GuardName, StepName } from '@liaison/contract/handoff-steps';
import { isAsked } from '@liaison/contract/handoff-state';
import { MemberId, Uuid } from '@liaison/contract/ids';
import type { ItemHeader } from '@liaison/contract/item';
import { brokenPromise } from './handoff.promises.js';
import type { Model } from './walk.js';

export const SENDER = MemberId.parse(`t.${'S'.repeat(42)}A`);
const TEAMS = ['A', 'B'].map((letter) => MemberId.parse(`t.${letter.repeat(42)}A`));
const OTHER_TEAM = MemberId.parse(`t.${'C'.repeat(42)}A`);
const PERSON = MemberId.parse(`p.${'C'.repeat(42)}A`);
/** Somebody without an account. */
export const ABSENTEE = Uuid.parse('01900000-0000-7000-8000-000000000001');
const CIRCLE = `${'F'.repeat(42)}A`;

/** An hour each: more than the tolerance of clocks. */
const TICK_MS = 3_600_000;
const LAST_TICK = 2;
const SECOND_WAVE_TICK = 2;
const DUE = 3 * TICK_MS;

export interface Situation {
  readonly handoff: HandoffState;
  readonly tick: number;
}

export type Move =
  | { readonly do: 'tick' }
  | { readonly do: 'crash' }
  | { readonly do: StepName; readonly by: MemberId; readonly facts: object };

function askedFor(kind: HandoffKindName): readonly MemberId[] {
  const takesPeople = HANDOFF_KIND_TABLE[kind].addressees.includes('person');
  return [...TEAMS, takesPeople ? PERSON : OTHER_TEAM];
}

/** Where it asks one after the other: a team first, another later. */
function beginning(kind: HandoffKindName): Move {
  // The third is asked only where the sender asks them instead of another.
  const first = askedFor(kind).slice(0, 2);
  const due = DUE;
  const facts = { file: CIRCLE, urgency: 'routine', supersedes: null };
  if (kind === 'discharge') {
    return { do: 'handoff.offered', by: SENDER, facts: { ...facts, addressees: first, due } };
  }
  const waves = [
    { opensAt: 0, due, members: first.slice(0, 1) },
    { opensAt: SECOND_WAVE_TICK * TICK_MS, due, members: first.slice(1) },
  ];
  const template = kind === 'request' ? 'home-support' : null;
  return { do: 'handoff.asked', by: SENDER, facts: { ...facts, kind, template, waves } };
}

/** A discharge whose only addressee has no account. */
function askingNobodyHere(): Move {
  const facts = { file: CIRCLE, urgency: 'routine', supersedes: null, addressees: [], due: DUE };
  return { do: 'handoff.offered', by: SENDER, facts };
}

function everyMove(kind: HandoffKindName): Move[] {
  const asked = askedFor(kind);
  const about = (step: StepName, facts: (one: MemberId) => object): Move[] =>
    [SENDER, ...asked].flatMap((by) => asked.map((one) => ({ do: step, by, facts: facts(one) })));
  const whole = (step: StepName, facts: object): Move[] =>
    [SENDER, ...asked].map((by) => ({ do: step, by, facts }));
  const due = DUE;
  const absentee = ABSENTEE;
  return [
    { do: 'tick' },
    { do: 'crash' },
    beginning(kind),
    ...(kind === 'discharge' ? [askingNobodyHere()] : []),
    ...about('handoff.accepted', (addressee) => ({ addressee })),
    ...about('handoff.declined', (addressee) => ({ addressee, reason: 'absent' })),
    ...about('handoff.done', (addressee) => ({ addressee })),
    ...asked.flatMap((to) => about('handoff.reassigned', (from) => ({ from, to, due }))),
    ...whole('handoff.closed', {}),
    ...whole('handoff.cancelled', { reason: 'other' }),
    ...whole('handoff.recalled', { reason: 'wrong-patient' }),
    ...whole('handoff.superseded', { by: CIRCLE }),
    ...whole('handoff.awaited', { absentee, due }),
    ...whole('handoff.handed-over', { absentee }),
    ...about('handoff.admitted', (to) => ({ absentee, to, due })),
  ];
}

export function handoffModel(
  kind: HandoffKindName,
  kinds: HandoffKindTable,
): Model<Situation, Move> {
  const moves = everyMove(kind);
  return {
    start: { handoff: DRAFT, tick: 1 },
    moves: () => moves,
    after: (situation, move) => after(situation, move, kinds),
    key: keyOf,
    broken: brokenPromise,
  };
}

function after(situation: Situation, move: Move, kinds: HandoffKindTable): Situation | null {
  const { handoff, tick } = situation;
  if (move.do === 'tick') return tick < LAST_TICK ? { handoff, tick: tick + 1 } : null;
  // What is left after a crash is the row: nothing else may have counted.
  if (move.do === 'crash') {
    return { handoff: JSON.parse(JSON.stringify(handoff)) as HandoffState, tick };
  }
  const kv = HANDOFF_KINDS[move.do].version;
  const at = tick * TICK_MS;
  const header = { kind: move.do, kv, at, facts: move.facts, author: move.by.slice(2) };
  const verdict = stepHandoff(handoff, header as unknown as ItemHeader, move.by, kinds);
  return verdict.ok ? { handoff: verdict.state, tick } : null;
}

/** What guards and deadlines read of it: who waits for their turn waits for the same instant. */
function keyOf({ handoff, tick }: Situation): string {
  const parts = Object.entries(handoff.addressees).map(
    ([member, one]) => `${member[2] ?? ''}${one.phase}${isAsked(one, tick * TICK_MS)}`,
  );
  const levels = handoffDeadlines(handoff).map(({ level }) => level);
  const absent = handoff.absentees?.[ABSENTEE]?.phase ?? 'unnamed';
  return [handoff.phase, absent, tick, ...parts.sort(), ...levels.sort()].join(' ');
}

/** Each guard of the steps that this kind knows. */
export function guardedSteps(kind: HandoffKindName): [StepName, GuardName][] {
  const { begins, steps } = HANDOFF_KIND_TABLE[kind];
  const known = (Object.keys(steps) as StepName[]).filter(
    (step) => !['handoff.offered', 'handoff.asked'].includes(step) || step === begins,
  );
  return known.flatMap((step) =>
    steps[step].guards.map((guard): [StepName, GuardName] => [step, guard]),
  );
}

/** The same tables with one guard less. */
export function withoutGuard(
  kind: HandoffKindName,
  step: StepName,
  guard: GuardName,
): HandoffKindTable {
  const own = HANDOFF_KIND_TABLE[kind];
  const guards = own.steps[step].guards.filter((one) => one !== guard);
  const steps = { ...own.steps, [step]: { ...own.steps[step], guards } };
  // A draft is of no kind yet: what begins one is looked up in the first kind's table.
  const { discharge } = HANDOFF_KIND_TABLE;
  const first = { ...discharge, steps: { ...discharge.steps, [step]: steps[step] } };
  return { ...HANDOFF_KIND_TABLE, discharge: first, [kind]: { ...own, steps } };
}
