/**
 * What one request asks to append, all or none, after the checks that need no lock: items that are
 * well formed and rightly signed.
 */
import { STATEMENT_FACTS } from '@liaison/contract/circle';
import { type CircleId, memberRef, type PersonId } from '@liaison/contract/ids';
import { lapsedIn } from '@liaison/contract/standing-rules';
import type { Statements } from '../devices/identity.append.js';
import type { LogOwner } from '../devices/log.owner.js';
import { pinsOf } from './epoch.copies.js';
import type { PreparedItem } from './prepared-item.js';

export interface Submission {
  readonly owner: LogOwner & { readonly person: PersonId };
  readonly items: readonly PreparedItem[];
  /** Statements of the owner's own identity log that belong to the same act. */
  readonly identity: Statements | null;
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export const circlesOf = (items: readonly PreparedItem[]): CircleId[] =>
  distinct(items.map(({ circle }) => circle));

export const begunBy = (items: readonly PreparedItem[]): CircleId[] =>
  distinct(
    items.filter(({ header }) => header.kind === 'circle.created').map(({ circle }) => circle),
  );

const pinned = (items: readonly PreparedItem[]) =>
  items.flatMap(({ header }) => pinsOf(header)).map(({ member }) => memberRef(member));

/** Authors, the people to whom an epoch is sealed, and those whom it leaves out. */
export function peopleIn(items: readonly PreparedItem[]): PersonId[] {
  const authors = items.map(({ header }) => header.author);
  const recipients = pinned(items).flatMap((ref) => (ref.type === 'person' ? [ref.person] : []));
  const lapsed = items.flatMap(({ header }) => lapsedIn(header));
  const left = lapsed.map(({ member }) => member.slice(2) as PersonId);
  return distinct([...authors, ...recipients, ...left]);
}

/** Teams that a membership statement takes in. */
export function takenIn({ header }: PreparedItem): CircleId[] {
  const members =
    header.kind === 'circle.created'
      ? (STATEMENT_FACTS['circle.created'].safeParse(header.facts).data?.members ?? [])
      : [STATEMENT_FACTS['member.added'].safeParse(header.facts).data?.spec ?? []].flat();
  return members.flatMap(({ member }) => {
    const ref = memberRef(member);
    return ref.type === 'team' ? [ref.team] : [];
  });
}

/** Teams that are taken in as members: held while their people are counted as members. */
export const teamsTakenIn = (items: readonly PreparedItem[]): CircleId[] =>
  distinct(items.filter(({ statement }) => statement).flatMap(takenIn)).sort();

/** Teams whose statements the judge must know. */
export function teamsIn(items: readonly PreparedItem[]): CircleId[] {
  const acting = items.flatMap(({ header }) => (header.team ? [header.team.circle] : []));
  const recipients = pinned(items).flatMap((ref) => (ref.type === 'team' ? [ref.team] : []));
  return distinct([...acting, ...recipients, ...teamsTakenIn(items)]);
}
