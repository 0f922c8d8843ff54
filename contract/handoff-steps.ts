/**
 * The steps of a handoff's life as data: who may take each, from where, under which guards. The
 * engine (handoff-rules.ts) knows no step by itself. Whoever takes a guard away breaks a promise;
 * handoff-exploration.test.ts walks every state to show which.
 */
import {
  type AbsenteeState,
  type AddresseePhase,
  type AddresseeState,
  type HandoffPhase,
  type HandoffState,
  isAsked,
  takersOf,
} from './handoff-state.js';
import type { MemberId } from './ids.js';
import { LIMITS } from './limits.js';

export type StepName =
  | 'handoff.offered'
  | 'handoff.asked'
  | 'handoff.accepted'
  | 'handoff.declined'
  | 'handoff.done'
  | 'handoff.reassigned'
  | 'handoff.closed'
  | 'handoff.cancelled'
  | 'handoff.recalled'
  | 'handoff.superseded'
  | 'handoff.awaited'
  | 'handoff.handed-over'
  | 'handoff.admitted';

export interface Transition {
  /** Phase of the whole before and after. */
  readonly from: HandoffPhase;
  readonly to: HandoffPhase;
  /** Who acts: the sending member, or the addressee itself. */
  readonly by: 'anyone' | 'sender' | 'addressee';
  /** For an answer: the addressee's phases before, and the one after. */
  readonly addressee?: { readonly from: readonly AddresseePhase[]; readonly to: AddresseePhase };
  /**
   * About somebody without an account: how they stand afterwards; null where it says nothing new.
   */
  readonly absentee?: { readonly to: AbsenteeState['phase'] | null };
  /** What must hold, in this order: the first that does not is the reason for the refusal. */
  readonly guards: readonly GuardName[];
}

export type TransitionTable = Readonly<Record<StepName, Transition>>;

/** What a guard looks at. */
export interface Attempt {
  readonly state: HandoffState;
  readonly rule: Transition;
  readonly actor: MemberId;
  /** When its author says it happened. */
  readonly at: number;
  readonly version: number;
  /** The addressee whom it is about, and how they stand. */
  readonly member: MemberId | null;
  readonly before: AddresseeState | undefined;
  /** Somebody without an account whom it is about, as they stand. */
  readonly absentee?: AbsenteeState | undefined;
  /** Who is asked instead. */
  readonly next: MemberId | null;
}

interface Guard {
  readonly why: string;
  readonly holds: (attempt: Attempt) => boolean;
}

/** From this version on, closing what nobody accepted is refused. */
const CLOSED_LOOP_VERSION = 2;

export const GUARDS = {
  'right-phase': {
    why: 'the handoff is not where this begins',
    holds: ({ state, rule }) => state.phase === rule.from,
  },
  'by-sender': {
    why: 'only the sender does this',
    holds: ({ state, actor }) => actor === state.sender,
  },
  'may-answer': {
    why: 'this addressee cannot answer so now',
    holds: ({ before, rule }) =>
      before !== undefined && (rule.addressee?.from.includes(before.phase) ?? false),
  },
  'by-addressee': {
    why: 'only the addressee answers',
    holds: ({ actor, member }) => actor === member,
  },
  'is-asked-now': {
    why: 'others are asked first',
    holds: ({ before, at }) =>
      before === undefined || isAsked(before, at + LIMITS.clockSkewMs.value),
  },
  'not-taken': {
    why: 'taken by somebody else',
    holds: ({ state }) => takersOf(state).length === 0,
  },
  'asked-once': {
    why: 'asked already',
    holds: ({ state, member, next }) =>
      next === null ||
      next === member ||
      (state.addressees[next]?.phase ?? 'reassigned') === 'reassigned',
  },
  'new-absentee': {
    why: 'named already',
    holds: ({ absentee }) => absentee === undefined,
  },
  'is-awaited': {
    why: 'nobody awaits them',
    holds: ({ absentee }) => absentee?.phase === 'awaited',
  },
  'somebody-accepted': {
    why: 'nobody accepted: cancel it, or ask somebody else',
    holds: ({ state, version }) => version < CLOSED_LOOP_VERSION || takersOf(state).length > 0,
  },
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof GUARDS;

const answer = (from: readonly AddresseePhase[], to: AddresseePhase): Transition => ({
  from: 'sent',
  to: 'sent',
  by: 'addressee',
  addressee: { from, to },
  guards: ['right-phase', 'may-answer', 'by-addressee'],
});

const end = (to: HandoffPhase, more: readonly GuardName[] = []): Transition => ({
  from: 'sent',
  to,
  by: 'sender',
  guards: ['right-phase', 'by-sender', ...more],
});

/** What the sender says of somebody without an account. */
const absent = (to: AbsenteeState['phase'] | null, more: readonly GuardName[]): Transition => ({
  from: 'sent',
  to: 'sent',
  by: 'sender',
  absentee: { to },
  guards: ['right-phase', 'by-sender', ...more],
});

const beginning: Transition = { from: 'draft', to: 'sent', by: 'anyone', guards: ['right-phase'] };

/** Everybody who is asked may take their part. */
export const SHARED_STEPS: TransitionTable = {
  'handoff.offered': beginning,
  'handoff.asked': beginning,
  'handoff.accepted': answer(['offered', 'declined'], 'accepted'),
  'handoff.declined': answer(['offered', 'accepted'], 'declined'),
  'handoff.done': answer(['accepted'], 'done'),
  'handoff.reassigned': {
    from: 'sent',
    to: 'sent',
    by: 'sender',
    addressee: { from: ['offered', 'declined'], to: 'reassigned' },
    guards: ['right-phase', 'by-sender', 'may-answer', 'asked-once'],
  },
  'handoff.closed': end('closed', ['somebody-accepted']),
  'handoff.cancelled': end('cancelled'),
  'handoff.recalled': end('recalled'),
  'handoff.superseded': end('superseded'),
  'handoff.awaited': absent('awaited', ['new-absentee']),
  // A statement: it moves nothing, and nobody took anything by it.
  'handoff.handed-over': absent(null, ['is-awaited']),
  'handoff.admitted': absent('admitted', ['is-awaited', 'asked-once']),
};

/** One takes all of it: whose acceptance stands first in the sequence has it. */
export const EXCLUSIVE_STEPS: TransitionTable = {
  ...SHARED_STEPS,
  'handoff.accepted': {
    ...SHARED_STEPS['handoff.accepted'],
    guards: ['right-phase', 'not-taken', 'may-answer', 'by-addressee', 'is-asked-now'],
  },
  'handoff.reassigned': {
    ...SHARED_STEPS['handoff.reassigned'],
    guards: ['right-phase', 'by-sender', 'not-taken', 'may-answer', 'asked-once'],
  },
  'handoff.admitted': absent('admitted', ['not-taken', 'is-awaited', 'asked-once']),
};

/** The first guard that does not hold; null where all do. */
export function brokenGuard(attempt: Attempt): GuardName | null {
  return attempt.rule.guards.find((guard) => !GUARDS[guard].holds(attempt)) ?? null;
}
