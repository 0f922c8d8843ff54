/**
 * Whose membership still stands: part of the law of a circle (circle-rules.ts), and as pure. A
 * person is admitted as the one their identity log said they were; a reset after that is a new
 * beginning, which nobody has let in yet.
 */
import { type LapsedMember, type RecipientPin, STATEMENT_FACTS } from './circle.js';
import type { IdentityLogState } from './identity-rules.js';
import { type MemberId, memberRef, type PersonId } from './ids.js';
import type { ItemHeader } from './item.js';

/** Index of each person's identity log at which they were let in. */
export type Admitted = Readonly<Record<string, number>>;

/** Whether somebody began a new identity after they were let in. */
export function hasLapsed(
  admitted: Admitted | undefined,
  person: PersonId,
  lastReset: number,
): boolean {
  const at = admitted?.[person];
  return at !== undefined && lastReset > at;
}

/** Whoever creates a circle in person lets themselves in. */
export function creating({ author, identity, team }: ItemHeader): Admitted {
  return team === null ? { [author]: identity.n } : {};
}

/** A key that is sealed to for the first time says as whom the member was let in. */
export function admitting(admitted: Admitted, pins: readonly RecipientPin[]): Admitted {
  const fresh = pins.flatMap(({ member, head }) => {
    const ref = memberRef(member);
    const isNew = ref.type === 'person' && admitted[ref.person] === undefined;
    return isNew ? [[ref.person, head.k] as const] : [];
  });
  return fresh.length === 0 ? admitted : { ...admitted, ...Object.fromEntries(fresh) };
}

/** Without those who are members no more: let in again, they are let in anew. */
export function dismissing(admitted: Admitted, members: readonly MemberId[]): Admitted {
  const gone = new Set<string>(members.map((member) => member.slice(2)));
  const left = Object.entries(admitted).filter(([person]) => !gone.has(person));
  return Object.fromEntries(left);
}

/** Those whom a statement leaves out because they began a new identity. */
export function lapsedIn({ kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>): LapsedMember[] {
  if (kind === 'epoch.opened') {
    return STATEMENT_FACTS['epoch.opened'].safeParse(facts).data?.lapsed ?? [];
  }
  if (kind !== 'member.removed') return [];
  return STATEMENT_FACTS['member.removed'].safeParse(facts).data?.next?.lapsed ?? [];
}

/** Whether these logs, as far as each is cited, show what the statement says of them. */
export function areLapsed(
  admitted: Admitted,
  lapsed: readonly LapsedMember[],
  resetOf: (one: LapsedMember) => number,
): boolean {
  return lapsed.every((one) => {
    const ref = memberRef(one.member);
    return ref.type === 'person' && hasLapsed(admitted, ref.person, resetOf(one));
  });
}

/** Index of the last reset that a log says up to an index; -1 without one. */
export function lastResetAt(past: readonly IdentityLogState[], n: number): number {
  return past[n]?.lastReset ?? -1;
}
