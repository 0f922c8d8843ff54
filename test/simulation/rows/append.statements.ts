/** The statements of the append path and of the reads beside it, said again over rows in memory. */
import type { CircleId, DeviceId, Hash, MemberId, PersonId } from '@liaison/contract/ids';
import type { Say } from './database.js';
import { place, type Tables, unnested } from './tables.js';

type Circles = readonly CircleId[];
type NewItem = [
  CircleId,
  number,
  string,
  string,
  boolean,
  Hash,
  Hash,
  number,
  number,
  string,
  number,
  number,
  number | null,
  number | null,
];
type Counted = [CircleId, DeviceId, number, number];
type Moved = [CircleId, number, Hash, number, Hash, number, number];
type Asked = [CircleId, string, DeviceId, number | null];

const headsOf = (rows: Tables, circles: Circles) =>
  [...circles].sort().flatMap((circle) => rows.heads.get(circle, '') ?? []);

const itemsAfter = (rows: Tables, circle: CircleId, after: number) =>
  rows.items
    .of(circle)
    .filter(({ k }) => k > after)
    .sort((a, b) => a.k - b.k);

const NO_ITEM = { k: null, h: null, at: null, header: null, signature: null };

function known(rows: Tables, [circle, entry, device, seen]: Asked, at: number) {
  const item = rows.items.of(circle).find((one) => one.entry === entry);
  const counter = rows.counters.get(circle, device);
  const before = seen === null ? undefined : rows.items.get(circle, place(seen));
  const { k, h, at: takenAt, header, signature } = item ?? NO_ITEM;
  const { inc, n } = counter ?? { inc: null, n: null };
  const seenH = before?.h ?? null;
  return { at, k, h, takenAt, header, signature, incarnation: inc, counter: n, seenH };
}

const cut = (run: Buffer, from: number, size: number): Buffer =>
  run.subarray(from - 1, from - 1 + size);

function write(rows: Tables, columns: readonly unknown[]): void {
  const run = columns[25] as Buffer;
  for (const one of unnested<NewItem>(columns.slice(0, 14))) {
    const [circle, k, entry, kind, statement, hash, h, ordinal, at, signature, ...stretches] = one;
    const [headerAt, headerSize, bodyAt, bodySize] = stretches;
    const header = cut(run, headerAt, headerSize).toString();
    const body = bodyAt === null || bodySize === null ? null : cut(run, bodyAt, bodySize);
    if (rows.items.get(circle, place(k)) !== undefined) throw new Error('items: a place twice');
    const said = { entry, kind, statement, hash, header, signature, body };
    rows.items.put(circle, place(k), { circle, k, h, ordinal, at, ...said, order: rows.next() });
  }
  for (const [circle, device, inc, n] of unnested<Counted>(columns.slice(14, 18))) {
    rows.counters.put(circle, device, { device, inc, n });
  }
  for (const one of unnested<Moved>(columns.slice(18, 25))) {
    const [circle, k, h, membersK, membersH, epoch, ordinal] = one;
    rows.heads.put(circle, '', { circle, k, h, membersK, membersH, epoch, ordinal });
  }
}

export const APPEND: readonly Say[] = [
  [
    'INSERT INTO circle_heads',
    (rows, [circles, zero]) => {
      for (const circle of circles as Circles) {
        if (rows.heads.get(circle, '') !== undefined) continue;
        const begun = { circle, k: -1, h: zero as Hash, membersK: -1, membersH: zero as Hash };
        rows.heads.put(circle, '', { ...begun, epoch: 0, ordinal: 0 });
      }
      return [];
    },
  ],
  ['SELECT circle_id AS circle, k, h, members_k', (rows, [of]) => headsOf(rows, of as Circles)],
  ['SELECT 1 FROM circle_heads', (rows, [of]) => headsOf(rows, of as Circles)],
  [
    'SELECT w.at::int4 AS at, e.k',
    (rows, columns) => unnested<Asked>(columns).map((one, i) => known(rows, one, i + 1)),
  ],
  [
    'WITH placed AS ( INSERT INTO items',
    (rows, columns) => {
      write(rows, columns);
      return [];
    },
  ],
  [
    'SELECT octet_length(header) + coalesce',
    (rows, [circle, after, limit]) =>
      itemsAfter(rows, circle as CircleId, after as number)
        .slice(0, limit as number)
        .map(({ header, body }) => ({
          bytes: header.length + Math.floor(((body?.length ?? 0) * 4) / 3),
        })),
  ],
  [
    'SELECT CASE WHEN statement THEN octet_length(header)',
    (rows, [circle, after, limit]) =>
      itemsAfter(rows, circle as CircleId, after as number)
        .slice(0, limit as number)
        .map(({ statement, header }) => ({ bytes: statement ? header.length : 0 })),
  ],
  [
    'SELECT k, statement, item_hash AS hash, header',
    (rows, [circle, after, limit]) =>
      itemsAfter(rows, circle as CircleId, after as number).slice(0, limit as number),
  ],
  [
    'SELECT k, statement, item_hash AS hash, CASE',
    (rows, [circle, after, limit]) =>
      itemsAfter(rows, circle as CircleId, after as number)
        .slice(0, limit as number)
        .map((row) => ({ ...row, header: row.statement ? row.header : null, body: null })),
  ],
  [
    'SELECT circle_id AS circle, k, h, header FROM items',
    (rows, [circles]) =>
      [...(circles as Circles)]
        .sort()
        .flatMap((circle) => itemsAfter(rows, circle, -1).filter(({ statement }) => statement)),
  ],
  [
    'SELECT circle_id AS circle, team_id AS team, NULL AS person, k AS floor',
    (rows, [circles]) => (circles as Circles).flatMap((circle) => rows.floors.of(circle)),
  ],
  [
    'SELECT epoch, k, member, leaf_index',
    (rows, [circle, from, own, limit]) => {
      const person = (own as MemberId).slice(2);
      const ways = rows.effective.of(circle as CircleId).filter((one) => one.person === person);
      const via = new Set([own as MemberId, ...ways.map((one) => one.via)]);
      return rows.copies
        .of(circle as CircleId)
        .filter(({ epoch, member }) => epoch >= (from as number) && via.has(member))
        .sort((a, b) => a.epoch - b.epoch || a.k - b.k)
        .slice(0, limit as number);
    },
  ],
  [
    'SELECT leaf FROM epoch_copies',
    (rows, [circle, k]) =>
      rows.copies
        .of(circle as CircleId)
        .filter((one) => one.k === k)
        .sort((a, b) => a.index - b.index),
  ],
  [
    'SELECT e.circle_id AS circle, c.kind',
    (rows, [person, from, now, limit]) =>
      inbox(rows, person as PersonId, from as string, now as number).slice(0, limit as number),
  ],
];

function inbox(rows: Tables, person: PersonId, from: string, now: number) {
  const through = new Map<CircleId, MemberId[]>();
  for (const one of rows.effective.all()) {
    if (one.person !== person || one.circle < from) continue;
    if (one.until !== null && one.until <= now) continue;
    through.set(one.circle, [...(through.get(one.circle) ?? []), one.via].sort());
  }
  return [...through]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([circle, ways]) => {
      const [head, row] = [rows.heads.get(circle, ''), rows.circles.get(circle, '')];
      if (head === undefined || row === undefined) return [];
      const read = rows.lanes.get(circle, `${person} read`)?.ordinal ?? 0;
      const { kind, community } = row;
      return [{ ...head, kind, community, unread: head.ordinal - read, through: ways }];
    });
}
