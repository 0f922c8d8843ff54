/** The statements of handoffs, deadlines and members, said again over rows in memory. */
import type { DeadlineLevel } from '@liaison/contract/deadline-rules';
import { type CircleId, type MemberId, type PersonId, teamMember } from '@liaison/contract/ids';
import { place, unnested } from '../../rows/tables.js';
import { type CareTables, type DeadlineRow, stateOf, taskOf } from './tables.js';
import { type Now, type Say, WITH_CLOCK } from './say.js';

type Armed = [subject: string, level: DeadlineLevel, due: number, member: MemberId];

const keyOf = ({ subject, level }: Pick<DeadlineRow, 'subject' | 'level'>): string =>
  `${subject} ${level}`;

function arm(rows: CareTables, circle: CircleId, columns: readonly unknown[], now: Now): void {
  for (const [subject, level, due, member] of unnested<Armed>(columns)) {
    const old = rows.deadlines.get(circle, keyOf({ subject, level }));
    if (old?.due === due && old.member === member) continue;
    const arming = rows.number();
    const row = { circle, subject, level, due, member, firedAt: null, arming, armedAt: now.true };
    rows.deadlines.put(circle, keyOf(row), row);
  }
}

function disarm(rows: CareTables, circle: CircleId, columns: readonly unknown[]): void {
  const [subjects, levels, only] = columns as [string[], string[], string | null];
  const kept = new Set(subjects.map((subject, i) => `${subject} ${levels[i]}`));
  for (const row of rows.deadlines.of(circle)) {
    if (only !== null && row.subject !== only) continue;
    if (!kept.has(keyOf(row))) rows.deadlines.delete(circle, keyOf(row));
  }
}

function fire(rows: CareTables, limit: number, now: Now): DeadlineRow[] {
  const due = rows.deadlines
    .all()
    .filter((one) => one.firedAt === null && one.due <= now.wall)
    .sort((a, b) => a.due - b.due)
    .slice(0, limit);
  for (const row of due) {
    rows.deadlines.put(row.circle, keyOf(row), { ...row, firedAt: now.wall });
    const isLast = row.level === 'coordinator';
    const members = isLast ? rows.coordinators(row.circle) : [row.member];
    const fired = { ...row, firedAt: now.wall, firedTrue: now.true, behind: rows.behind(members) };
    rows.fired.put('', place(rows.number()), fired);
    const addressee = rows.addressees.get(row.circle, row.subject);
    if (row.level === 'late' && addressee !== undefined) {
      rows.addressees.put(row.circle, row.subject, { ...addressee, lateSince: now.wall });
    }
  }
  return due;
}

function saveAddressees(rows: CareTables, circle: CircleId, columns: readonly unknown[]): void {
  for (const [member, , due] of unnested<[string, string, number]>(columns)) {
    const old = rows.addressees.get(circle, member);
    const lateSince = old?.due === due ? old.lateSince : null;
    rows.addressees.put(circle, member, { member, due, lateSince });
  }
}

/** Who asked that member for something that is not over. */
function waitingFor(rows: CareTables, member: MemberId) {
  return rows.handoffs.all().flatMap((row) => {
    const { circle, file } = row;
    const state = stateOf(row);
    const phase = state.phase === 'sent' ? state.addressees[member]?.phase : undefined;
    const isAsked = phase === 'offered' || phase === 'accepted';
    const asked = isAsked ? [{ circle, member: state.sender }] : [];
    const open = rows.tasks.of(file).filter(({ doneAt }) => doneAt === null);
    const owned = open.map(taskOf).filter(({ owner }) => owner === member);
    return [...asked, ...owned.map(({ planner }) => ({ circle, member: planner }))];
  });
}

export const HANDOFFS: readonly Say[] = [
  [
    'SELECT state FROM handoffs WHERE circle_id = $1',
    (rows, [circle]) => rows.handoffs.of(circle as string).map((row) => ({ state: stateOf(row) })),
  ],
  [
    'SELECT circle_id AS circle FROM handoffs WHERE file_id',
    (rows, [file]) => rows.handoffs.all().filter((one) => one.file === file),
  ],
  [
    'INSERT INTO handoffs (',
    (rows, [circle, , , , file, , state]) => {
      const row = { circle: circle as CircleId, file: file as CircleId, state: state as string };
      rows.handoffs.put(row.circle, '', row);
      return [];
    },
  ],
  [
    'SELECT h.circle_id AS circle, h.sender AS member FROM handoffs h JOIN handoff_addressees',
    (rows, [member]) => waitingFor(rows, member as MemberId),
  ],
  [
    'INSERT INTO handoff_addressees',
    (rows, [circle, ...columns]) => {
      saveAddressees(rows, circle as CircleId, columns);
      return [];
    },
  ],
  [
    'DELETE FROM handoff_deadlines',
    (rows, [circle, ...columns]) => {
      disarm(rows, circle as CircleId, columns);
      return [];
    },
  ],
  [
    'INSERT INTO handoff_deadlines',
    (rows, [circle, ...columns], now) => {
      arm(rows, circle as CircleId, columns, now);
      return [];
    },
  ],
  [`${WITH_CLOCK}, due AS`, (rows, [limit], now) => fire(rows, limit as number, now)],
  [
    'SELECT state FROM handoff_tasks WHERE circle_id = $1 AND task_id',
    (rows, [circle, task]) => {
      const row = rows.tasks.get(circle as string, task as string);
      return row === undefined ? [] : [{ state: taskOf(row) }];
    },
  ],
  [
    'SELECT state FROM handoff_tasks WHERE circle_id = $1 AND done_at IS NULL',
    (rows, [circle]) => {
      const open = rows.tasks.of(circle as string).filter(({ doneAt }) => doneAt === null);
      return open.map((row) => ({ state: taskOf(row) }));
    },
  ],
  [
    'SELECT count(*)::int4 AS planned FROM handoff_tasks',
    (rows, [circle]) => [{ planned: rows.tasks.size(circle as string) }],
  ],
  [
    'INSERT INTO handoff_tasks',
    (rows, [circle, task, , , doneAt, state]) => {
      const row = { state: state as string, doneAt: doneAt as number | null };
      rows.tasks.put(circle as string, task as string, row);
      return [];
    },
  ],
  [
    'INSERT INTO team_holders',
    (rows, [circle, k, person, from, until]) => {
      const row = { person: person as PersonId, from: from as number, until: until as number };
      rows.holders.put(circle as string, place(k as number), row);
      return [];
    },
  ],
  [
    'SELECT person_id AS person, from_at AS "from"',
    (rows, [circle, instant]) => {
      const at = instant as number;
      return rows.holders.of(circle as string).filter((one) => one.from <= at && one.until > at);
    },
  ],
  [
    'SELECT substr(member, 3) AS person FROM unnest',
    (rows, [members]) => rows.behind(members as MemberId[]).map((person) => ({ person })),
  ],
  [
    'SELECT member FROM circle_members WHERE circle_id = (SELECT community',
    (rows, [circle]) => rows.coordinators(circle as CircleId).map((member) => ({ member })),
  ],
  [
    'SELECT 1 FROM effective_members WHERE circle_id = $1',
    (rows, [circle, , person]) =>
      rows.behind([teamMember(circle as CircleId)]).includes(person as PersonId) ? [{}] : [],
  ],
];
