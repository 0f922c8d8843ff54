/**
 * The statements of the append path, each for a whole group of items: the fewer the trips, the
 * shorter the heads are held. Texts are constants, so each is planned once a connection.
 */
import type { CircleId, DeviceId, EntryId, Hash, Signature } from '@liaison/contract/ids';
import type { Head } from '@liaison/contract/item';
import { ByteRun } from '../platform/database/byte.run.js';
import type { Queryable, Transaction } from '../platform/database/database.js';
import type { PlacedItem } from './placed-item.js';

export type HeadRow = {
  readonly circle: CircleId;
  readonly k: number;
  readonly h: Hash;
  readonly membersK: number;
  readonly membersH: Hash;
  readonly epoch: number;
  readonly ordinal: number;
};

const HEAD = `circle_id AS circle, k, h, members_k AS "membersK", members_h AS "membersH", epoch,
  ordinal`;

const BEGIN_CIRCLES = `
  INSERT INTO circle_heads (circle_id, k, h, members_k, members_h, epoch, ordinal)
  SELECT circle, -1, $2, -1, $2, 0, 0 FROM unnest($1::text[]) AS circle ORDER BY circle
  ON CONFLICT DO NOTHING`;

// Always in the order of ids, so that two groups never wait for each other.
const LOCK = `
  SELECT ${HEAD} FROM circle_heads WHERE circle_id = ANY($1) ORDER BY circle_id FOR UPDATE`;
const SHARE = 'SELECT 1 FROM circle_heads WHERE circle_id = ANY($1) ORDER BY circle_id FOR SHARE';
const LOOK = `SELECT ${HEAD} FROM circle_heads WHERE circle_id = ANY($1)`;

/** Rows for circles that begin: a second creator of the same circle waits here for the first. */
export async function beginCircles(on: Transaction, circles: readonly CircleId[], zero: Hash) {
  if (circles.length > 0) await on.prepared(BEGIN_CIRCLES, [circles, zero]);
}

export const lockHeads = (on: Transaction, circles: readonly CircleId[]): Promise<HeadRow[]> =>
  on.prepared(LOCK, [circles]);

/** Holds teams still while circles take them in: else both sides could miss the other's change. */
export async function holdTeams(on: Transaction, teams: readonly CircleId[]): Promise<void> {
  if (teams.length > 0) await on.prepared(SHARE, [teams]);
}

export const readCircleHeads = (on: Queryable, circles: readonly CircleId[]): Promise<HeadRow[]> =>
  circles.length === 0 ? Promise.resolve([]) : on.prepared(LOOK, [circles]);

/** What the rows say about an item: whether it is there, its device's counter, what it saw. */
export type KnownRow = {
  readonly at: number;
  readonly k: number | null;
  readonly h: Hash | null;
  readonly takenAt: number | null;
  readonly header: string | null;
  readonly signature: Signature | null;
  readonly incarnation: number | null;
  readonly counter: number | null;
  readonly seenH: Hash | null;
};

// LIMIT keeps each look-up an index probe, whatever the planner believes of the tables' sizes.
const KNOWN = `
  SELECT w.at::int4 AS at, e.k, e.h, e.taken_at AS "takenAt", e.header, e.signature,
         d.incarnation, d.counter, s.h AS "seenH"
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::int8[])
         WITH ORDINALITY AS w (circle, entry, device, seen, at)
    LEFT JOIN LATERAL (SELECT k, h, taken_at, header, signature FROM items
                        WHERE circle_id = w.circle AND entry_id = w.entry LIMIT 1) e ON true
    LEFT JOIN LATERAL (SELECT incarnation, counter FROM circle_devices
                        WHERE circle_id = w.circle AND device_id = w.device LIMIT 1) d ON true
    LEFT JOIN LATERAL (SELECT h FROM items
                        WHERE circle_id = w.circle AND k = w.seen LIMIT 1) s ON true
   ORDER BY w.at`;

export interface Asked {
  readonly circle: CircleId;
  readonly entry: EntryId;
  readonly device: DeviceId;
  /** Position to look up, or null when its hash is known already. */
  readonly seen: number | null;
}

export const readKnown = (on: Transaction, asked: readonly Asked[]): Promise<KnownRow[]> =>
  on.prepared(KNOWN, [
    asked.map(({ circle }) => circle),
    asked.map(({ entry }) => entry),
    asked.map(({ device }) => device),
    asked.map(({ seen }) => seen),
  ]);

// Texts and bodies lie in the one run of bytes ($26): see ByteRun.
const WRITE = `
  WITH placed AS (
    INSERT INTO items (circle_id, k, entry_id, kind, statement, item_hash, h, ordinal, taken_at,
                       signature, header, body)
    SELECT n.circle, n.k, n.entry, n.kind, n.statement, n.item_hash, n.h, n.ordinal, n.taken_at,
           n.signature, convert_from(substring($26::bytea FROM n.header FOR n.header_size), 'UTF8'),
           substring($26::bytea FROM n.body FOR n.body_size)
      FROM unnest($1::text[], $2::int8[], $3::uuid[], $4::text[], $5::bool[], $6::text[],
                  $7::text[], $8::int8[], $9::int8[], $10::text[], $11::int4[], $12::int4[],
                  $13::int4[], $14::int4[])
           AS n (circle, k, entry, kind, statement, item_hash, h, ordinal, taken_at, signature,
                 header, header_size, body, body_size)
  ), counted AS (
    INSERT INTO circle_devices (circle_id, device_id, incarnation, counter)
    SELECT * FROM unnest($15::text[], $16::text[], $17::int8[], $18::int8[])
    ON CONFLICT (circle_id, device_id)
    DO UPDATE SET incarnation = excluded.incarnation, counter = excluded.counter
  )
  UPDATE circle_heads c
     SET k = n.k, h = n.h, members_k = n.members_k, members_h = n.members_h, epoch = n.epoch,
         ordinal = n.ordinal
    FROM unnest($19::text[], $20::int8[], $21::text[], $22::int8[], $23::text[], $24::int4[],
                $25::int8[]) AS n (circle_id, k, h, members_k, members_h, epoch, ordinal)
   WHERE c.circle_id = n.circle_id`;

export interface CounterRow {
  readonly circle: CircleId;
  readonly device: DeviceId;
  readonly inc: number;
  readonly n: number;
}

/** Items, counters and heads, in one trip. */
export async function writeItems(
  on: Transaction,
  placed: readonly PlacedItem[],
  counters: readonly CounterRow[],
  heads: readonly HeadRow[],
): Promise<void> {
  const run = new ByteRun();
  const headers = placed.map(({ item }) => run.add(item.text));
  const bodies = placed.map(({ item }) => run.add(item.body));
  await on.prepared(WRITE, [
    placed.map(({ item }) => item.circle),
    placed.map(({ k }) => k),
    placed.map(({ item }) => item.header.id),
    placed.map(({ item }) => item.header.kind),
    placed.map(({ item }) => item.statement),
    placed.map(({ item }) => item.itemHash),
    placed.map(({ h }) => h),
    placed.map(({ ordinal }) => ordinal),
    placed.map(({ at }) => at),
    placed.map(({ item }) => item.signature),
    headers.map(({ at }) => at),
    headers.map(({ size }) => size),
    bodies.map(({ at }) => at),
    bodies.map(({ size }) => size),
    counters.map(({ circle }) => circle),
    counters.map(({ device }) => device),
    counters.map(({ inc }) => inc),
    counters.map(({ n }) => n),
    ...headColumns(heads),
    run.bytes(),
  ]);
}

const headColumns = (heads: readonly HeadRow[]): unknown[][] => [
  heads.map(({ circle }) => circle),
  heads.map(({ k }) => k),
  heads.map(({ h }) => h),
  heads.map(({ membersK }) => membersK),
  heads.map(({ membersH }) => membersH),
  heads.map(({ epoch }) => epoch),
  heads.map(({ ordinal }) => ordinal),
];

export const headOf = ({ k, h }: HeadRow): Head => ({ k, h });
