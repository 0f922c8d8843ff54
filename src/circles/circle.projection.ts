/**
 * What statements say, as rows: circles, their members, everybody who reads them through a team or
 * in person, sealed copies, and floors. Written in the transaction of the append; an entry
 * that is no statement costs nothing here.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import type { CircleState } from '@liaison/contract/circle-rules';
import {
  type CircleId,
  type MemberId,
  memberRef,
  type PersonId,
  teamMember,
} from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/database.js';
import type { CircleWork } from './circle.work.js';
import type { PlacedItem } from './placed-item.js';
import { PROJECTION as SQL } from './projection.statements.js';

/** People whose list of circles is another one now. */
export type MembersChange = ReadonlySet<PersonId>;

type PersonRow = { readonly person: PersonId };

const NESTED: readonly CircleState['kind'][] = ['team', 'sector'];

@Injectable()
export class CircleProjection {
  async apply(on: Transaction, works: readonly CircleWork[]): Promise<MembersChange> {
    const changed = new Set<PersonId>();
    await this.floors(on, works);
    await this.identityFloors(on, works);
    // Teams first: the circles that take them in then count the teams' people as they are now.
    const moved = works.filter((work) => work.membersMoved);
    moved.sort((a, b) => Number(isNested(b)) - Number(isNested(a)));
    for (const work of moved) {
      await this.statements(on, work, changed);
    }
    return changed;
  }

  /** The people who read each circle now. One text of ids: an array is dearer. */
  async peopleOf(
    on: Queryable,
    circles: readonly CircleId[],
    now: number,
  ): Promise<Map<CircleId, readonly PersonId[]>> {
    type Row = { readonly circle: CircleId; readonly people: string };
    const rows = await on.prepared<Row>(SQL.peopleOf, [circles, now]);
    return new Map(rows.map(({ circle, people }) => [circle, idsIn(people)]));
  }

  /** Whether somebody is, or was, a member of one of these, in person or through a team. */
  async wasEverIn(on: Queryable, person: MemberId, circles: readonly CircleId[]): Promise<boolean> {
    return (await on.query(SQL.wasEverIn, [person, circles])).length > 0;
  }

  private async floors(on: Transaction, works: readonly CircleWork[]): Promise<void> {
    const rows = works.flatMap(({ circle, before, state }) =>
      [...(state?.teamFloor ?? [])]
        .filter(([team, k]) => before?.teamFloor.get(team) !== k)
        .map(([team, k]) => ({ circle, team, k })),
    );
    if (rows.length === 0) return;
    await on.prepared(SQL.floors, [
      rows.map(({ circle }) => circle),
      rows.map(({ team }) => team),
      rows.map(({ k }) => k),
    ]);
  }

  /** What statements raise is found in them again; what entries raise is kept here. */
  private async identityFloors(on: Transaction, works: readonly CircleWork[]): Promise<void> {
    const rows = works.flatMap(({ circle, before, state, placed }) => {
      const authors = new Set(placed.map(({ item }) => item.header.author));
      return [...authors].flatMap((author) => {
        const n = state?.identityFloor[author];
        return n === undefined || before?.identityFloor[author] === n
          ? []
          : [{ circle, author, n }];
      });
    });
    if (rows.length === 0) return;
    await on.prepared(SQL.identityFloors, [
      rows.map(({ circle }) => circle),
      rows.map(({ author }) => author),
      rows.map(({ n }) => n),
    ]);
  }

  private async statements(on: Transaction, work: CircleWork, changed: Set<PersonId>) {
    const { state, before, circle } = work;
    if (state === null) return;
    if (before === null) await this.begin(on, work, state);
    await this.copies(on, work.placed);
    await this.members(on, state);
    const refreshed = await on.query<PersonRow>(SQL.refresh, [circle, teamsMovedIn(state, before)]);
    const rippled = isNested(work) ? await this.ripple(on, state, before) : [];
    for (const { person } of [...refreshed, ...rippled]) changed.add(person);
  }

  private async begin(on: Transaction, { placed }: CircleWork, state: CircleState): Promise<void> {
    const { circle, kind, community, linked, creator } = state;
    await on.query(SQL.begin, [circle, kind, community, linked, creator, placed[0]?.at ?? 0]);
  }

  private async members(on: Transaction, state: CircleState): Promise<void> {
    const specs = [...state.members.values()];
    const ids = specs.map(({ member }) => member);
    await on.query(SQL.left, [state.circle, ids]);
    await on.query(SQL.members, [
      state.circle,
      ids,
      specs.map(({ role }) => role),
      specs.map(({ until }) => until),
    ]);
  }

  private async copies(on: Transaction, placed: readonly PlacedItem[]): Promise<void> {
    for (const { item, circle, k } of placed) {
      if (item.copies.length === 0) continue;
      await on.query(SQL.copies, [
        circle,
        k,
        item.copies.map(({ member }) => member),
        item.copies.map(({ epoch }) => epoch),
        item.copies.map(({ index }) => index),
        item.copies.map(({ leaf }) => leaf),
        item.copies.map(({ copy }) => Buffer.from(fromBase64Url(copy))),
      ]);
    }
  }

  /** A team's change reaches every circle that the team is in: only the people who changed move. */
  private async ripple(on: Transaction, state: CircleState, before: CircleState | null) {
    if (before === null) return [];
    const via = teamMember(state.circle);
    const differs = (member: MemberId): boolean => {
      const [then, now] = [before.members.get(member), state.members.get(member)];
      return then === undefined || then.until !== now?.until;
    };
    const touched = [...before.members.keys(), ...state.members.keys()].filter(differs);
    const people = touched.flatMap((member) => {
      const ref = memberRef(member);
      return ref.type === 'person' ? [ref.person] : [];
    });
    if (people.length === 0) return [];
    const gone = await on.query<PersonRow>(SQL.rippleOut, [via, people]);
    const come = await on.query<PersonRow>(SQL.rippleIn, [via, people]);
    return [...gone, ...come];
  }
}

/** Teams that came in, or stay for another time: their heads are held until this is durable. */
function teamsMovedIn(state: CircleState, before: CircleState | null): MemberId[] {
  return [...state.members.values()]
    .filter(({ member }) => memberRef(member).type === 'team')
    .filter(({ member, until }) => before?.members.get(member)?.until !== until)
    .map(({ member }) => member);
}

/** Each once, by however many ways the person reads the circle. */
const idsIn = (people: string): PersonId[] => [...new Set(people.split(' '))] as PersonId[];

function isNested({ state }: CircleWork): boolean {
  return state !== null && NESTED.includes(state.kind);
}
