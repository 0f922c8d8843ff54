/**
 * The life of a handoff as data, run by the server before it appends and by every client as it
 * folds the same entries. Overdue is a pure function of entries and an instant.
 */
import { HANDOFF_KINDS } from './handoff.js';
import type { CircleId, MemberId } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';

export type HandoffPhase = 'draft' | 'sent' | 'closed' | 'cancelled' | 'superseded';
export type AddresseePhase = 'offered' | 'accepted' | 'declined' | 'done' | 'reassigned';

export interface AddresseeState {
  readonly phase: AddresseePhase;
  readonly due: number;
  readonly offeredAt: number;
  /** When the last answer was given, and by whom (the acting person). */
  readonly answeredAt: number | null;
  readonly answeredBy: string | null;
  readonly reason: string | null;
}

export interface HandoffState {
  readonly phase: HandoffPhase;
  readonly sender: MemberId | null;
  readonly file: CircleId | null;
  readonly urgency: string | null;
  readonly supersedes: CircleId | null;
  readonly supersededBy: CircleId | null;
  readonly reason: string | null;
  readonly addressees: Readonly<Record<MemberId, AddresseeState>>;
}

export const DRAFT: HandoffState = {
  phase: 'draft',
  sender: null,
  file: null,
  urgency: null,
  supersedes: null,
  supersededBy: null,
  reason: null,
  addressees: {},
};

type OutlineKind = Extract<keyof typeof HANDOFF_KINDS, `handoff.${string}`>;

interface Transition {
  /** Phase of the whole before and after. */
  readonly from: HandoffPhase;
  readonly to: HandoffPhase;
  /** Who acts: the sending member, or the addressee itself. */
  readonly by: 'anyone' | 'sender' | 'addressee';
  /** For an answer: the addressee's phases before, and the one after. */
  readonly addressee?: { readonly from: readonly AddresseePhase[]; readonly to: AddresseePhase };
}

/** The transition table. What is not in it is refused by the server and ignored by the clients. */
export const HANDOFF_TRANSITIONS: Readonly<Record<OutlineKind, Transition>> = {
  'handoff.offered': { from: 'draft', to: 'sent', by: 'anyone' },
  'handoff.accepted': {
    from: 'sent',
    to: 'sent',
    by: 'addressee',
    addressee: { from: ['offered', 'declined'], to: 'accepted' },
  },
  'handoff.declined': {
    from: 'sent',
    to: 'sent',
    by: 'addressee',
    addressee: { from: ['offered', 'accepted'], to: 'declined' },
  },
  'handoff.done': {
    from: 'sent',
    to: 'sent',
    by: 'addressee',
    addressee: { from: ['accepted'], to: 'done' },
  },
  'handoff.reassigned': {
    from: 'sent',
    to: 'sent',
    by: 'sender',
    addressee: { from: ['offered', 'declined'], to: 'reassigned' },
  },
  'handoff.closed': { from: 'sent', to: 'closed', by: 'sender' },
  'handoff.cancelled': { from: 'sent', to: 'cancelled', by: 'sender' },
  'handoff.superseded': { from: 'sent', to: 'superseded', by: 'sender' },
};

export function isHandoffStep(kind: string): kind is OutlineKind {
  return Object.hasOwn(HANDOFF_TRANSITIONS, kind);
}

export type StepVerdict =
  | { readonly ok: true; readonly state: HandoffState }
  | { readonly ok: false; readonly why: string };

const refuse = (why: string): StepVerdict => ({ ok: false, why });

/** What one entry does to a handoff. `actor` is the member through which the author speaks. */
export function stepHandoff(state: HandoffState, header: ItemHeader, actor: MemberId): StepVerdict {
  if (!isHandoffStep(header.kind)) return { ok: true, state };
  const rule = HANDOFF_TRANSITIONS[header.kind];
  const parsed = HANDOFF_KINDS[header.kind].facts.safeParse(header.facts);
  if (!parsed.success) return refuse(`facts of ${header.kind}`);
  if (state.phase !== rule.from) return refuse(`handoff is ${state.phase}`);
  if (rule.by === 'sender' && actor !== state.sender) return refuse('only the sender does this');
  const moved = { ...state, phase: rule.to };
  if (header.kind === 'handoff.offered') return { ok: true, state: offered(moved, header, actor) };
  if (rule.addressee === undefined) return { ok: true, state: ended(moved, header) };
  return answered(moved, header, actor, rule);
}

function offered(state: HandoffState, header: ItemHeader, actor: MemberId): HandoffState {
  const facts = HANDOFF_KINDS['handoff.offered'].facts.parse(header.facts);
  const addressees = Object.fromEntries(
    facts.addressees.map((member) => [member, freshAddressee(facts.due, header.at)]),
  );
  const { file, urgency, supersedes } = facts;
  return { ...state, sender: actor, file, urgency, supersedes, addressees };
}

function freshAddressee(due: number, offeredAt: number): AddresseeState {
  return { phase: 'offered', due, offeredAt, answeredAt: null, answeredBy: null, reason: null };
}

function ended(state: HandoffState, header: ItemHeader): HandoffState {
  const { reason, by } = header.facts as { reason?: string; by?: CircleId };
  return { ...state, reason: reason ?? null, supersededBy: by ?? null };
}

interface AnswerFacts {
  readonly addressee?: MemberId;
  readonly reason?: string;
  readonly from?: MemberId;
  readonly to?: MemberId;
  readonly due?: number;
}

function answered(
  state: HandoffState,
  header: ItemHeader,
  actor: MemberId,
  rule: Transition,
): StepVerdict {
  const facts = header.facts as AnswerFacts;
  const member = facts.addressee ?? facts.from;
  const before = member && state.addressees[member];
  if (!member || !before || !rule.addressee?.from.includes(before.phase)) {
    return refuse('this addressee cannot answer so now');
  }
  if (rule.by === 'addressee' && actor !== member) return refuse('only the addressee answers');
  const after: AddresseeState = {
    ...before,
    phase: rule.addressee.to,
    answeredAt: header.at,
    answeredBy: header.author,
    reason: facts.reason ?? null,
  };
  const next = { ...state, addressees: { ...state.addressees, [member]: after } };
  if (facts.to === undefined) return { ok: true, state: next };
  return asked(next, facts.to, facts.due ?? before.due, header.at);
}

/** Somebody is asked who was not, or who was asked before and passed over. */
function asked(state: HandoffState, member: MemberId, due: number, at: number): StepVerdict {
  const { addressees } = state;
  const already = addressees[member];
  if (already !== undefined && already.phase !== 'reassigned') return refuse('asked already');
  const isFull = Object.keys(addressees).length >= LIMITS.addresseesPerHandoff.value;
  if (already === undefined && isFull) return refuse('too many have been asked');
  const next = { ...addressees, [member]: freshAddressee(due, at) };
  return { ok: true, state: { ...state, addressees: next } };
}

/** Addressees who have not answered by their due instant: pure, so server and clients agree. */
export function overdueAddressees(state: HandoffState, instant: number): MemberId[] {
  if (state.phase !== 'sent') return [];
  const entries = Object.entries(state.addressees) as [MemberId, AddresseeState][];
  return entries
    .filter(([, addressee]) => addressee.phase === 'offered' && addressee.due <= instant)
    .map(([member]) => member);
}
