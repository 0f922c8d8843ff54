/**
 * The outbox's rows as a room takes them: claimed in its own transaction, put off after a failure,
 * or set aside for good. A row set aside is kept as it was, for whoever mends the cause.
 */
import { LIMITS } from '@liaison/contract/limits';
import type { Queryable, Transaction } from '../platform/database/database.js';
import { type Consumer, DomainEvent } from './domain-event.js';

/** A recorded event with its id, by which effects are idempotent, and the instant of its record. */
export interface RecordedEvent {
  readonly id: number;
  readonly at: number;
  readonly event: DomainEvent;
}

/** One that no room could take, without what it says of anybody. */
export interface DeadEvent {
  readonly consumer: string;
  readonly id: number;
  readonly type: string;
  readonly cause: string;
  readonly setAsideAt: number;
}

interface Row extends Record<string, unknown> {
  readonly id: number;
  readonly at: number;
  readonly payload: unknown;
}

/**
 * A serial id is not commit order: a row may appear after a greater one was taken. So rows are
 * claimed whatever their number, and never twice. What failed is left alone until its time.
 */
const CLAIM = `
  DELETE FROM outbox WHERE (consumer, id) IN (
    SELECT consumer, id FROM outbox
     WHERE consumer = $1 AND (again_at IS NULL OR again_at <= clock_timestamp())
     ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id, payload, (extract(epoch FROM recorded_at) * 1000)::bigint AS at`;

const PUT_OFF = `
  UPDATE outbox SET attempts = attempts + 1,
    again_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000 * 2 ^ attempts)
  WHERE consumer = $1 AND id = $2 RETURNING attempts`;

const BURY = `
  WITH gone AS (
    DELETE FROM outbox WHERE consumer = $1 AND id = ANY($2::bigint[])
    RETURNING consumer, id, payload, recorded_at)
  INSERT INTO dead_events (consumer, id, payload, recorded_at, cause)
  SELECT consumer, id, payload, recorded_at, $3 FROM gone`;

const BURY_CLAIMED = `
  INSERT INTO dead_events (consumer, id, payload, recorded_at, cause)
  SELECT $1, id, payload, to_timestamp(at / 1000.0), $5
  FROM unnest($2::bigint[], $3::jsonb[], $4::bigint[]) AS gone (id, payload, at)`;

const LIST = `
  SELECT consumer, id, coalesce(payload->>'type', '') AS type, cause,
    (extract(epoch FROM set_aside_at) * 1000)::bigint AS "setAsideAt"
  FROM dead_events ORDER BY set_aside_at, id`;

const REPLAY = `
  WITH back AS (DELETE FROM dead_events RETURNING consumer, payload, recorded_at)
  INSERT INTO outbox (consumer, payload, recorded_at)
  SELECT consumer, payload, recorded_at FROM back ORDER BY recorded_at RETURNING consumer`;

/**
 * Takes up to `limit` events for one room, in the order of their ids. What is no event of ours (a
 * newer version's, or a mistake) is set aside at once: trying again would not make it one.
 */
export async function claimEvents(
  transaction: Transaction,
  consumer: Consumer,
  limit: number,
): Promise<{ readonly claimed: number; readonly events: readonly RecordedEvent[] }> {
  const rows = await transaction.prepared<Row>(CLAIM, [consumer, limit]);
  const unknown: Row[] = [];
  const events: RecordedEvent[] = [];
  for (const row of rows) {
    const event = DomainEvent.safeParse(row.payload);
    if (event.success) events.push({ id: row.id, at: row.at, event: event.data });
    else unknown.push(row);
  }
  if (unknown.length > 0) await buryClaimed(transaction, consumer, unknown);
  return { claimed: rows.length, events: events.sort((a, b) => a.id - b.id) };
}

async function buryClaimed(
  transaction: Transaction,
  consumer: Consumer,
  rows: readonly Row[],
): Promise<void> {
  await transaction.query(BURY_CLAIMED, [
    consumer,
    rows.map(({ id }) => id),
    rows.map(({ payload }) => JSON.stringify(payload)),
    rows.map(({ at }) => at),
    'unknown',
  ]);
}

/** After a failure: later again, twice as late each time, then never. Returns whether never. */
export async function putOff(
  transaction: Transaction,
  consumer: Consumer,
  id: number,
  cause: string,
): Promise<boolean> {
  const pause = LIMITS.eventPauseMs.value;
  const [row] = await transaction.query<{ attempts: number }>(PUT_OFF, [consumer, id, pause]);
  if (row === undefined || row.attempts < LIMITS.eventAttempts.value) return false;
  await transaction.query(BURY, [consumer, [id], cause]);
  return true;
}

export async function deadEvents(queryable: Queryable): Promise<DeadEvent[]> {
  return queryable.query<DeadEvent & Record<string, unknown>>(LIST);
}

/** All that was set aside goes back to its rooms, at once. Returns how many events. */
export async function replayDead(queryable: Queryable): Promise<number> {
  return (await queryable.query(REPLAY)).length;
}
