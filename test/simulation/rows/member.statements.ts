/** The statements about who reads which circle, said again over rows in memory. */
import type { CircleId, Hash, MemberId, PersonId } from '@liaison/contract/ids';
import type { Say } from './database.js';
import { type EffectiveRow, place, type Tables, unnested } from './tables.js';

type NewCopy = [MemberId, number, number, Hash, Buffer];

const lives = (until: number | null, now: unknown): boolean =>
  until === null || until > (now as number);
const sooner = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
const personIn = (member: MemberId): PersonId => member.slice(2) as PersonId;
const circleIn = (member: MemberId): CircleId => member.slice(2) as CircleId;
const isPerson = (member: MemberId): boolean => member.startsWith('p.');
const once = <T>(values: readonly T[]): T[] => [...new Set(values)];
const asPeople = (people: readonly PersonId[]) => once(people).map((person) => ({ person }));

const presentIn = (rows: Tables, circle: CircleId) =>
  rows.members.of(circle).filter(({ present }) => present);

/** Each way by which somebody should read a circle. */
function wanted(rows: Tables, circle: CircleId): EffectiveRow[] {
  return presentIn(rows, circle).flatMap(({ member, until }): EffectiveRow[] => {
    if (isPerson(member)) return [{ circle, person: personIn(member), via: member, until }];
    return presentIn(rows, circleIn(member)).flatMap((one): EffectiveRow[] =>
      isPerson(one.member)
        ? [{ circle, person: personIn(one.member), via: member, until: sooner(until, one.until) }]
        : [],
    );
  });
}

const way = ({ person, via }: EffectiveRow): string => `${person} ${via}`;

function arrive(rows: Tables, one: EffectiveRow): PersonId[] {
  if (rows.effective.get(one.circle, way(one))?.until === one.until) return [];
  rows.effective.put(one.circle, way(one), one);
  return [one.person];
}

function refresh(rows: Tables, circle: CircleId): PersonId[] {
  const now = wanted(rows, circle);
  const kept = new Set(now.map(way));
  const gone = rows.effective.of(circle).filter((one) => !kept.has(way(one)));
  for (const one of gone) rows.effective.delete(circle, way(one));
  const come = now.flatMap((one) => arrive(rows, one));
  return [...gone.map(({ person }) => person), ...come];
}

function rippleOut(rows: Tables, via: MemberId, people: readonly PersonId[]): PersonId[] {
  const team = circleIn(via);
  const gone = rows.effective.all().filter((one) => {
    if (one.via !== via || !people.includes(one.person)) return false;
    return rows.members.get(team, `p.${one.person}`)?.present !== true;
  });
  for (const one of gone) rows.effective.delete(one.circle, way(one));
  return gone.map(({ person }) => person);
}

function rippleIn(rows: Tables, via: MemberId, people: readonly PersonId[]): PersonId[] {
  const own = presentIn(rows, circleIn(via)).filter(({ member }) =>
    people.includes(personIn(member)),
  );
  const circles = rows.members.all().filter((row) => row.member === via && row.present);
  return circles.flatMap(({ circle, until }) =>
    own.flatMap((one) => {
      const person = personIn(one.member);
      return arrive(rows, { circle, person, via, until: sooner(until, one.until) });
    }),
  );
}

function wasEverIn(rows: Tables, member: MemberId, circles: readonly CircleId[]): boolean {
  const of = (circle: CircleId): boolean => rows.members.get(circle, member) !== undefined;
  return circles.some((circle) => {
    const teams = rows.members.of(circle).filter((one) => !isPerson(one.member));
    return of(circle) || teams.some((team) => of(circleIn(team.member)));
  });
}

const readsIn = (rows: Tables, circle: CircleId, now: unknown, person: PersonId): boolean =>
  rows.effective.of(circle).some((one) => one.person === person && lives(one.until, now));

function verifies(rows: Tables, team: CircleId, now: unknown, person: PersonId): boolean {
  const row = rows.circles.get(team, '');
  if (row === undefined || !['team', 'sector'].includes(row.kind)) return false;
  if (row.community !== null && readsIn(rows, row.community, now, person)) return true;
  const inside = rows.members.all().filter(({ member }) => member === `t.${team}`);
  return inside.some(({ circle }) => readsIn(rows, circle, now, person));
}

export const MEMBERS: readonly Say[] = [
  [
    'INSERT INTO circles (',
    (rows, parameters) => {
      const [circle, kind, community, linked, creator, createdAt] = parameters as [
        CircleId,
        string,
        CircleId | null,
        CircleId | null,
        PersonId,
        number,
      ];
      rows.circles.put(circle, '', { circle, kind, community, linked, creator, createdAt });
      return [];
    },
  ],
  [
    'INSERT INTO circle_team_floors',
    (rows, columns) => {
      for (const [circle, team, k] of unnested<[CircleId, CircleId, number]>(columns)) {
        rows.floors.put(circle, team, { circle, team, person: null, floor: k });
      }
      return [];
    },
  ],
  [
    'INSERT INTO circle_identity_floors',
    (rows, columns) => {
      for (const [circle, person, n] of unnested<[CircleId, PersonId, number]>(columns)) {
        rows.floors.put(circle, person, { circle, team: null, person, floor: n });
      }
      return [];
    },
  ],
  [
    'UPDATE circle_members SET present = false',
    (rows, [circle, stay]) => {
      for (const row of presentIn(rows, circle as CircleId)) {
        if ((stay as MemberId[]).includes(row.member)) continue;
        rows.members.put(row.circle, row.member, { ...row, present: false });
      }
      return [];
    },
  ],
  [
    'INSERT INTO circle_members AS m',
    (rows, [of, ...columns]) => {
      const circle = of as CircleId;
      type Spec = [MemberId, string, number | null];
      for (const [member, role, until] of unnested<Spec>(columns)) {
        rows.members.put(circle, member, { circle, member, role, until, present: true });
      }
      return [];
    },
  ],
  [
    'INSERT INTO epoch_copies',
    (rows, [of, at, ...columns]) => {
      const [circle, k] = [of as CircleId, at as number];
      for (const [member, epoch, index, leaf, copy] of unnested<NewCopy>(columns)) {
        const row = { circle, k, member, epoch, index, leaf, copy };
        rows.copies.put(circle, `${place(k)} ${member}`, row);
      }
      return [];
    },
  ],
  ['WITH wanted AS MATERIALIZED', (rows, [circle]) => asPeople(refresh(rows, circle as CircleId))],
  [
    'DELETE FROM effective_members e WHERE e.person_id = ANY($2)',
    (rows, [via, people]) =>
      rippleOut(rows, via as MemberId, people as PersonId[]).map((person) => ({ person })),
  ],
  [
    'INSERT INTO effective_members AS e (circle_id, person_id, via, until_at) SELECT t.circle_id',
    (rows, [via, people]) =>
      rippleIn(rows, via as MemberId, people as PersonId[]).map((person) => ({ person })),
  ],
  [
    "SELECT circle_id AS circle, string_agg(person_id, ' ')",
    (rows, [circles, now]) =>
      (circles as CircleId[]).flatMap((circle) => {
        const live = rows.effective.of(circle).filter(({ until }) => lives(until, now as number));
        const people = live.map(({ person }) => person).sort();
        return people.length === 0 ? [] : [{ circle, people: people.join(' ') }];
      }),
  ],
  [
    'SELECT 1 FROM circle_members WHERE circle_id = ANY($2)',
    (rows, [member, circles]) =>
      wasEverIn(rows, member as MemberId, circles as CircleId[]) ? [{}] : [],
  ],
  [
    'SELECT count(DISTINCT circle_id)::int4 AS circles FROM effective_members',
    (rows, [person, apart]) => {
      const own = rows.effective.all().filter((one) => one.person === person);
      const circles = new Set(own.map(({ circle }) => circle));
      for (const circle of apart as readonly CircleId[]) circles.delete(circle);
      return [{ circles: circles.size }];
    },
  ],
  [
    'SELECT DISTINCT person_id AS person FROM effective_members',
    (rows, [circle, now]) =>
      asPeople(
        rows.effective
          .of(circle as CircleId)
          .filter(({ until }) => lives(until, now))
          .map(({ person }) => person),
      ),
  ],
  [
    'SELECT substr(member, 3) AS person FROM unnest',
    (rows, [members, now]) =>
      asPeople(
        (members as MemberId[]).flatMap((member) => {
          if (isPerson(member)) return [personIn(member)];
          const inside = presentIn(rows, circleIn(member)).filter(({ until }) => lives(until, now));
          return inside.filter((one) => isPerson(one.member)).map((one) => personIn(one.member));
        }),
      ),
  ],
  [
    'SELECT member FROM circle_members WHERE circle_id = $1',
    (rows, [circle, now]) =>
      presentIn(rows, circle as CircleId).filter(
        ({ role, until }) => role === 'admin' && lives(until, now),
      ),
  ],
  [
    'SELECT 1 FROM effective_members',
    (rows, [circle, now, person]) =>
      readsIn(rows, circle as CircleId, now, person as PersonId) ? [{}] : [],
  ],
  [
    'SELECT 1 FROM circles c',
    (rows, [circle, now, person]) =>
      verifies(rows, circle as CircleId, now, person as PersonId) ? [{}] : [],
  ],
  ['SELECT 1 FROM circles WHERE', (rows, [circle]) => rows.circles.of(circle as CircleId)],
  ['SELECT kind FROM circles', (rows, [circle]) => rows.circles.of(circle as CircleId)],
  [
    'SELECT DISTINCT circle_id AS circle FROM effective_members',
    (rows, [person, circles, now]) =>
      once(circles as CircleId[])
        .filter((circle) => readsIn(rows, circle, now, person as PersonId))
        .map((circle) => ({ circle })),
  ],
];
