/**
 * The engine of handoffs: runs the steps of each kind's table (handoff-kinds.ts), on the server
 * before it appends and on every client as it folds the same entries. It reads entries only, so
 * all agree, also on who was first.
 */
import { HANDOFF_KINDS, type Wave } from './handoff.js';
import type { HandoffKind } from './handoff-kind.js';
import { HANDOFF_KIND_TABLE, type HandoffKindTable } from './handoff-kinds.js';
import {
  type AddresseeState,
  awaitedIn,
  DRAFT,
  type HandoffState,
  isAsked,
  membersIn,
} from './handoff-state.js';
import {
  type Attempt,
  brokenGuard,
  type GuardName,
  GUARDS,
  SHARED_STEPS,
  type StepName,
} from './handoff-steps.js';
import { type CircleId, type MemberId, memberRef, type Uuid } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';

export { DRAFT, type AddresseeState, type HandoffState };

/** The steps that all kinds share; a kind may guard some of them more. */
export const HANDOFF_TRANSITIONS = SHARED_STEPS;

export function isHandoffStep(kind: string): kind is StepName {
  return Object.hasOwn(SHARED_STEPS, kind);
}

export type StepVerdict =
  | { readonly ok: true; readonly state: HandoffState }
  | { readonly ok: false; readonly why: string; readonly guard: GuardName | null };

const refuse = (why: string, guard: GuardName | null = null): StepVerdict => {
  return { ok: false, why, guard };
};

interface StepFacts {
  readonly addressee?: MemberId;
  readonly reason?: string;
  readonly from?: MemberId;
  readonly to?: MemberId;
  readonly due?: number;
  readonly by?: CircleId;
  readonly absentee?: Uuid;
}

const absentIn = ({ absentees }: HandoffState, { absentee }: StepFacts) =>
  absentee === undefined ? undefined : absentees?.[absentee];

/** What one entry does to a handoff. `actor` is the member through which the author speaks. */
export function stepHandoff(
  state: HandoffState,
  header: ItemHeader,
  actor: MemberId,
  kinds: HandoffKindTable = HANDOFF_KIND_TABLE,
): StepVerdict {
  if (!isHandoffStep(header.kind)) return { ok: true, state };
  if (!HANDOFF_KINDS[header.kind].facts.safeParse(header.facts).success) {
    return refuse(`facts of ${header.kind}`);
  }
  const facts = header.facts as StepFacts;
  const rule = kinds[state.kind].steps[header.kind];
  const member = facts.addressee ?? facts.from ?? null;
  const before = member === null ? undefined : state.addressees[member];
  const { at, kv: version } = header;
  const next = facts.to ?? null;
  const absentee = absentIn(state, facts);
  const attempt: Attempt = { state, rule, actor, at, version, member, before, absentee, next };
  const broken = brokenGuard(attempt);
  if (broken !== null) return refuse(GUARDS[broken].why, broken);
  const moved = { ...state, phase: rule.to };
  if (header.kind === 'handoff.offered') return offered(moved, header, actor);
  if (header.kind === 'handoff.asked') return asked(moved, header, actor, kinds);
  if (rule.absentee !== undefined) return aboutAbsentee(moved, facts, attempt);
  if (rule.addressee === undefined) return { ok: true, state: ended(moved, facts) };
  return answered(moved, header, attempt, kinds);
}

/** From this version on, an offer may ask nobody who is here. */
const ABSENTEES_VERSION = 2;

function offered(state: HandoffState, header: ItemHeader, actor: MemberId): StepVerdict {
  const facts = HANDOFF_KINDS['handoff.offered'].facts.parse(header.facts);
  const { file, urgency, supersedes, due, addressees: members } = facts;
  if (members.length === 0 && header.kv < ABSENTEES_VERSION) return refuse('nobody is asked');
  const wave = { due, opensAt: header.at, members };
  const addressees = Object.fromEntries(inWave(wave, 0, header.at));
  const begun = { kind: 'discharge', sender: actor, file, urgency, supersedes } as const;
  // Where somebody is asked, their answers say since when nobody has it.
  const since = members.length === 0 ? { begunAt: header.at } : {};
  return { ok: true, state: { ...state, ...begun, ...since, addressees } };
}

/** Somebody without an account is named, told, or followed by somebody who is here. */
function aboutAbsentee(
  state: HandoffState,
  { absentee, due, to }: StepFacts,
  { rule, absentee: before, at }: Attempt,
): StepVerdict {
  const phase = rule.absentee?.to ?? null;
  if (absentee === undefined || phase === null) return { ok: true, state };
  const others = state.absentees ?? {};
  const isFull = Object.keys(others).length >= LIMITS.absenteesPerHandoff.value;
  if (before === undefined && isFull) return refuse('too many are awaited');
  const after = { phase, due: before?.due ?? due ?? at, member: to ?? null };
  const moved = { ...state, absentees: { ...others, [absentee]: after } };
  return to === undefined ? { ok: true, state: moved } : askedInstead(moved, to, due ?? at, at);
}

/** What its kind says of who may be asked, in how many waves. */
function asked(
  state: HandoffState,
  header: ItemHeader,
  actor: MemberId,
  kinds: HandoffKindTable,
): StepVerdict {
  const facts = HANDOFF_KINDS['handoff.asked'].facts.parse(header.facts);
  const { kind, template, file, urgency, supersedes, waves } = facts;
  const rule = kinds[kind];
  const members = waves.flatMap((wave) => wave.members);
  if ((template !== null) !== rule.templated) return refuse('template');
  if (waves.length > rule.waves) return refuse('this kind asks fewer one after the other');
  if (new Set(members).size !== members.length) return refuse('asked twice');
  if (members.length > LIMITS.addresseesPerHandoff.value) return refuse('too many are asked');
  if (!members.every((one) => rule.addressees.includes(memberRef(one).type))) {
    return refuse('this kind asks no such member');
  }
  if (!waves.every((wave, i) => isInOrder(wave, waves[i - 1]))) return refuse('order of waves');
  const parts = waves.flatMap((wave, i) => inWave(wave, i, header.at));
  const addressees = Object.fromEntries(parts);
  const begun = { kind, template, sender: actor, file, urgency, supersedes, addressees };
  return { ok: true, state: { ...state, ...begun } };
}

const isInOrder = ({ opensAt, due }: Wave, before: Wave | undefined): boolean =>
  due > opensAt && (before === undefined || opensAt >= before.opensAt);

/** The first wave is asked as the handoff begins, whatever it says: nobody waits for nobody. */
function inWave(wave: Wave, index: number, at: number): [MemberId, AddresseeState][] {
  const opensAt = index === 0 ? at : Math.max(wave.opensAt, at);
  return wave.members.map((member) => {
    return [member, { ...freshAddressee(wave.due, at), wave: index, opensAt }];
  });
}

function freshAddressee(due: number, at: number): AddresseeState {
  const nothing = { answeredAt: null, answeredBy: null, reason: null };
  return { phase: 'offered', due, offeredAt: at, wave: 0, opensAt: at, ...nothing };
}

function ended(state: HandoffState, { reason, by }: StepFacts): HandoffState {
  return { ...state, reason: reason ?? null, supersededBy: by ?? null };
}

function answered(
  state: HandoffState,
  header: ItemHeader,
  { rule, member, before, next }: Attempt,
  kinds: HandoffKindTable,
): StepVerdict {
  const facts = header.facts as StepFacts;
  if (member === null || before === undefined || rule.addressee === undefined) {
    return refuse('this addressee was never asked');
  }
  if (!isReasonOf(kinds[state.kind], header)) return refuse('this kind knows no such reason');
  const after: AddresseeState = {
    ...before,
    phase: rule.addressee.to,
    answeredAt: header.at,
    answeredBy: header.author,
    reason: facts.reason ?? null,
  };
  const { at } = header;
  const moved = replaced(state, member, before, after, kinds);
  if (next !== null) return askedInstead(moved, next, facts.due ?? before.due, at);
  return { ok: true, state: opened(moved, at) };
}

/** As if that addressee had declined, without an entry of theirs: they are gone. */
export function giveBack(
  state: HandoffState,
  member: MemberId,
  reason: string,
  at: number,
  kinds: HandoffKindTable = HANDOFF_KIND_TABLE,
): HandoffState {
  const before = state.addressees[member];
  if (before === undefined) return state;
  const after = { ...before, phase: 'declined', answeredAt: at, answeredBy: null, reason } as const;
  return opened(replaced(state, member, before, after, kinds), at);
}

function replaced(
  state: HandoffState,
  member: MemberId,
  before: AddresseeState,
  after: AddresseeState,
  kinds: HandoffKindTable,
): HandoffState {
  const moved = { ...state, addressees: { ...state.addressees, [member]: after } };
  const at = after.answeredAt ?? before.offeredAt;
  return kinds[state.kind].exclusive ? decided(moved, before, after, at) : moved;
}

/** The facts know every reason there is; each kind has its own. */
function isReasonOf({ declineReasons }: HandoffKind, { kind, facts }: ItemHeader): boolean {
  return kind !== 'handoff.declined' || declineReasons.some((one) => one === facts['reason']);
}

/** Somebody took it: it is nobody else's. They gave it back: it is everybody's again. */
function decided(
  state: HandoffState,
  before: AddresseeState,
  after: AddresseeState,
  at: number,
): HandoffState {
  if (after.phase === 'accepted') {
    return changed(state, 'offered', (one) => ({ ...one, phase: 'taken', answeredAt: at }));
  }
  if (before.phase !== 'accepted' || after.phase !== 'declined') return state;
  return changed(state, 'taken', (one) => {
    const due = Math.max(one.due, at + (one.due - one.opensAt));
    return { ...one, phase: 'offered', due, answeredAt: null };
  });
}

function changed(
  state: HandoffState,
  from: AddresseeState['phase'],
  change: (one: AddresseeState) => AddresseeState,
): HandoffState {
  const addressees = { ...state.addressees };
  for (const member of membersIn(state, [from])) {
    const one = addressees[member];
    if (one !== undefined) addressees[member] = change(one);
  }
  return { ...state, addressees };
}

/** Where nobody who was asked is left, those of the next wave need not wait for their time. */
function opened(state: HandoffState, at: number): HandoffState {
  const waiting = Object.values(state.addressees).filter(({ phase }) => phase === 'offered');
  const isTaken = membersIn(state, ['accepted', 'done']).length > 0;
  if (isTaken || waiting.length === 0 || waiting.some((one) => isAsked(one, at))) return state;
  const first = Math.min(...waiting.map(({ wave }) => wave));
  return changed(state, 'offered', (one) => {
    return one.wave === first ? { ...one, opensAt: at } : one;
  });
}

/** Somebody is asked who was not, or who was asked before and passed over. */
function askedInstead(state: HandoffState, member: MemberId, due: number, at: number): StepVerdict {
  const { addressees } = state;
  const isFull = Object.keys(addressees).length >= LIMITS.addresseesPerHandoff.value;
  if (addressees[member] === undefined && isFull) return refuse('too many have been asked');
  const next = { ...addressees, [member]: freshAddressee(due, at) };
  return { ok: true, state: { ...state, addressees: next } };
}

/** Those without an account for whom it waits past its time, by the same clock as addressees. */
export function overdueAbsentees(state: HandoffState, instant: number): Uuid[] {
  if (state.phase !== 'sent') return [];
  return awaitedIn(state).flatMap(([absentee, { due }]) => (due <= instant ? [absentee] : []));
}

/** Addressees who have not answered by their due instant: pure, so server and clients agree. */
export function overdueAddressees(state: HandoffState, instant: number): MemberId[] {
  if (state.phase !== 'sent') return [];
  return membersIn(state, ['offered']).filter((member) => {
    const one = state.addressees[member];
    return one !== undefined && one.opensAt <= instant && one.due <= instant;
  });
}
