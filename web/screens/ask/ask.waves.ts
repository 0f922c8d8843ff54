/**
 * Whom a draft asks, in which order, and for how long: kept as the waves that leave, counted from
 * the instant at which they do. Pure, so that what is shown and what leaves are the same.
 */
import type { AskedKind, Urgency, Wave } from '@liaison/contract/handoff';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import type { MemberId } from '@liaison/contract/ids';
import type { AskDraft } from '@liaison/sdk/face.care';

/** Whoever is asked last has at least this long. */
const LEAST_MS = 60_000;

export interface Turns {
  /** One group a wave, empty ones among them: as many as the kind allows. */
  readonly groups: readonly (readonly MemberId[])[];
  /** For how long a group is asked before the next one is. */
  readonly gapMs: number;
  /** The instant that somebody chose; null: so long from when they are asked as is usual. */
  readonly until: number | null;
}

type Asking = Pick<AskDraft, 'kind' | 'urgency' | 'waves'>;

export const usualMs = (kind: AskedKind, urgency: Urgency): number =>
  HANDOFF_KIND_TABLE[kind].answerMs[urgency];

/** What people choose between: half as long as is usual, as long, twice as long. */
export const gapsOf = (kind: AskedKind, urgency: Urgency): readonly number[] => {
  const usual = usualMs(kind, urgency);
  return [usual / 2, usual, usual * 2];
};

export function freshTurns(kind: AskedKind, urgency: Urgency): Turns {
  const groups = Array.from({ length: HANDOFF_KIND_TABLE[kind].waves }, () => []);
  return { groups, gapMs: usualMs(kind, urgency), until: null };
}

export function turnsOf({ kind, urgency, waves }: Asking): Turns {
  const [first, second] = waves;
  const usual = usualMs(kind, urgency);
  if (first === undefined || second === undefined) return freshTurns(kind, urgency);
  const isUsual = waves.every(({ opensAt, due }) => due - opensAt === usual);
  return {
    groups: waves.map(({ members }) => members),
    gapMs: second.opensAt - first.opensAt,
    until: isUsual ? null : first.due,
  };
}

export function wavesOf(
  { groups, gapMs, until }: Turns,
  usual: number,
  now: number,
): readonly Wave[] {
  return groups.map((members, i) => {
    const opensAt = now + i * gapMs;
    const due =
      until === null ? opensAt + usual : Math.max(until, i === 0 ? until : opensAt + LEAST_MS);
    return { opensAt, due, members: [...members] };
  });
}

/** The draft with other turns, counted from that instant. */
export function withTurns(draft: AskDraft, part: Partial<Turns>, now: number): AskDraft {
  const turns = { ...turnsOf(draft), ...part };
  return { ...draft, waves: wavesOf(turns, usualMs(draft.kind, draft.urgency), now) };
}

/** Another urgency brings its own times. */
export function withUrgency(draft: AskDraft, urgency: Urgency, now: number): AskDraft {
  const { groups } = turnsOf(draft);
  return withTurns({ ...draft, urgency, waves: [] }, { groups }, now);
}

/** The usual professional is asked alone first; those who are found then come after. */
const isAskedFirst = ({ kind }: Asking, groups: Turns['groups']): boolean =>
  kind !== 'unscheduled-care' || (groups[0]?.length ?? 0) === 0;

export function withParty(draft: AskDraft, member: MemberId, now: number): AskDraft {
  const { groups } = turnsOf(draft);
  return inTurn(draft, member, isAskedFirst(draft, groups) ? 0 : 1, now);
}

/** Moves somebody to a turn, or puts them there. */
export function inTurn(draft: AskDraft, member: MemberId, turn: number, now: number): AskDraft {
  const groups = without(turnsOf(draft).groups, member).map((group, i) =>
    i === turn ? [...group, member] : group,
  );
  return withTurns(draft, { groups }, now);
}

export function withoutParty(draft: AskDraft, member: MemberId, now: number): AskDraft {
  return withTurns(draft, { groups: without(turnsOf(draft).groups, member) }, now);
}

const without = (groups: Turns['groups'], member: MemberId): readonly MemberId[][] =>
  groups.map((group) => group.filter((one) => one !== member));

export const askedBy = ({ waves }: Pick<AskDraft, 'waves'>): readonly MemberId[] =>
  waves.flatMap(({ members }) => members);

/** As it leaves: turns in which nobody is asked fall away, and time counts from now. */
export function leavingWaves(draft: AskDraft, now: number): readonly Wave[] {
  const turns = turnsOf(draft);
  const groups = turns.groups.filter((group) => group.length > 0);
  return wavesOf({ ...turns, groups }, usualMs(draft.kind, draft.urgency), now);
}
