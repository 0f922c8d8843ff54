/** How a handoff stands once its entries are folded: what the rules make and everybody reads. */
import type { HandoffKindName, RequestTemplate } from './handoff.js';
import type { CircleId, MemberId, Uuid } from './ids.js';

export type HandoffPhase = 'draft' | 'sent' | 'closed' | 'cancelled' | 'recalled' | 'superseded';

/** `taken`: somebody else was first, where only one may take it. */
export type AddresseePhase = 'offered' | 'accepted' | 'declined' | 'done' | 'reassigned' | 'taken';

export interface AddresseeState {
  readonly phase: AddresseePhase;
  readonly due: number;
  readonly offeredAt: number;
  /** Which wave they are of, from 0, and from when on they are asked. */
  readonly wave: number;
  readonly opensAt: number;
  /** When the last answer was given, and by whom (the acting person). */
  readonly answeredAt: number | null;
  readonly answeredBy: string | null;
  readonly reason: string | null;
}

/** Somebody without an account: awaited until another member is asked in their place. */
export interface AbsenteeState {
  readonly phase: 'awaited' | 'admitted';
  readonly due: number;
  /** Who is asked in their place. */
  readonly member: MemberId | null;
}

export interface HandoffState {
  readonly phase: HandoffPhase;
  readonly kind: HandoffKindName;
  readonly template: RequestTemplate | null;
  readonly sender: MemberId | null;
  /** When it began, where it asks nobody who is here. */
  readonly begunAt?: number;
  readonly file: CircleId | null;
  readonly urgency: string | null;
  readonly supersedes: CircleId | null;
  readonly supersededBy: CircleId | null;
  readonly reason: string | null;
  readonly addressees: Readonly<Record<MemberId, AddresseeState>>;
  /** Rows that were kept before there were any have none. */
  readonly absentees?: Readonly<Record<Uuid, AbsenteeState>>;
}

export const DRAFT: HandoffState = {
  phase: 'draft',
  kind: 'discharge',
  template: null,
  sender: null,
  file: null,
  urgency: null,
  supersedes: null,
  supersededBy: null,
  reason: null,
  addressees: {},
};

/** Whether their turn has come. Those asked first never wait, whatever a slow clock says. */
export function isAsked({ wave, opensAt }: AddresseeState, instant: number): boolean {
  return wave === 0 || opensAt <= instant;
}

/** Those without an account for whom something still waits. */
export function awaitedIn({ absentees = {} }: HandoffState): [Uuid, AbsenteeState][] {
  const all = Object.entries(absentees) as [Uuid, AbsenteeState][];
  return all.filter(([, { phase }]) => phase === 'awaited');
}

/** Those who took it, or did it already. */
export function takersOf(state: HandoffState): MemberId[] {
  return membersIn(state, ['accepted', 'done']);
}

export function membersIn(state: HandoffState, phases: readonly AddresseePhase[]): MemberId[] {
  const members = Object.keys(state.addressees) as MemberId[];
  return members.filter((member) => {
    const phase = state.addressees[member]?.phase;
    return phase !== undefined && phases.includes(phase);
  });
}
