/** Where people sit: who is added in person, which sectors fill, and what moves. */
import { describe, expect, test } from '@jest/globals';
import { concat, toBase64Url, u64 } from '@liaison/contract/bytes';
import { DEFAULT_POLICY, type MemberRole } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import {
  CircleId,
  type MemberId,
  PersonId,
  personMember,
  teamMember,
  ZERO_HASH,
} from '@liaison/contract/ids';
import { EMPTY_HEAD } from '@liaison/contract/item';
import { seatingOf } from './seating.js';

const idOf = (no: number): string => toBase64Url(concat(u64(no), new Uint8Array(24)));
const ME = personMember(PersonId.parse(idOf(1_000_000)));
const people = (count: number, from = 0): MemberId[] =>
  Array.from({ length: count }, (_, i) => personMember(PersonId.parse(idOf(from + i))));

function circle(
  id: number,
  kind: CircleState['kind'],
  members: readonly (readonly [MemberId, MemberRole])[],
): CircleState {
  const specs = members.map(
    ([member, role]) => [member, { member, role, until: null, historyFrom: 0 }] as const,
  );
  return {
    circle: CircleId.parse(idOf(id)),
    kind,
    community: null,
    linked: null,
    creator: PersonId.parse(idOf(1_000_000)),
    finess: null,
    nameHash: null,
    policy: DEFAULT_POLICY,
    members: new Map(specs),
    membersHead: { ...EMPTY_HEAD, h: ZERO_HASH },
    epoch: null,
    commitments: new Map(),
    leftSince: false,
    teamFloor: new Map(),
    identityFloor: {},
    admitted: {},
  };
}

const readers = (all: readonly MemberId[]) => all.map((one) => [one, 'reader'] as const);
const community = (...more: readonly (readonly [MemberId, MemberRole])[]) =>
  circle(9001, 'community', [[ME, 'admin'], ...more]);
const newcomers = (members: readonly MemberId[]) => ({ members, role: 'reader' as const, me: ME });

describe('seats', () => {
  test('are in person up to two hundred', () => {
    const plan = seatingOf(community(...readers(people(100))), [], newcomers(people(99, 100)));
    expect(plan).toMatchObject({ filled: [], founded: [], moved: [] });
    expect(plan.inPerson).toHaveLength(99);
  });

  test('are in new sectors beyond, with those who keep them, and two move over', () => {
    const plan = seatingOf(community(...readers(people(199))), [], newcomers(people(1, 500)));
    expect(plan.inPerson).toEqual([]);
    expect(plan.founded).toEqual([{ keepers: [ME], people: [...people(1, 500), ...people(2)] }]);
    expect(plan.moved).toEqual(people(2));
  });

  test('are first those that are free in the circle’s sectors', () => {
    const sector = circle(9002, 'sector', [[ME, 'admin'], ...readers(people(62, 900))]);
    const state = community([teamMember(sector.circle), 'reader']);
    const plan = seatingOf(state, [sector], newcomers(people(3)));
    expect(plan.filled).toEqual([{ sector: sector.circle, people: people(1) }]);
    expect(plan.founded).toEqual([{ keepers: [ME], people: people(2, 1) }]);
  });

  test('are not in a sector of another role, nor in one that somebody else keeps', () => {
    const others = circle(9002, 'sector', [[people(1)[0]!, 'admin']]);
    const state = community([teamMember(others.circle), 'reader']);
    const plan = seatingOf(state, [others], newcomers(people(1, 7)));
    expect(plan).toMatchObject({ filled: [], inPerson: [] });
    expect(plan.founded).toHaveLength(1);
  });

  test('of fifteen hundred are sectors of at most sixty-four', () => {
    const plan = seatingOf(community(), [], newcomers(people(1500)));
    const sizes = plan.founded.map((seats) => seats.keepers.length + seats.people.length);
    expect(Math.max(...sizes)).toBe(64);
    expect(plan.founded.flatMap((seats) => seats.people)).toEqual(people(1500));
    expect(plan.inPerson).toEqual([]);
  });

  test('nobody who sits already is seated again', () => {
    const sector = circle(9002, 'sector', [[ME, 'admin'], ...readers(people(5))]);
    const state = community([teamMember(sector.circle), 'reader'], ...readers(people(1, 50)));
    const plan = seatingOf(state, [sector], newcomers([...people(5), ...people(1, 50)]));
    expect(plan).toMatchObject({ inPerson: [], founded: [] });
    expect(plan.filled).toEqual([{ sector: sector.circle, people: people(1, 50) }]);
  });

  test('of a team are in person, however many', () => {
    const team = circle(9003, 'team', [[ME, 'admin'], ...readers(people(250))]);
    expect(seatingOf(team, [], newcomers(people(1, 500))).inPerson).toHaveLength(1);
  });
});
