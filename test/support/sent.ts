/**
 * What the database and the clients hold of circles, read for comparison: nothing may be twice,
 * missing or in another order anywhere.
 */
import type { CircleId, EntryId } from '@liaison/contract/ids';
import type { Head, Receipt } from '@liaison/contract/item';
import type { Store } from '@liaison/sdk/store/store';
import type { Database } from '../../src/platform/database/database.js';

/** One item as the server's table has it. */
interface Row {
  readonly circle: CircleId;
  readonly k: number;
  readonly h: string;
  readonly entry: EntryId;
}

export function rowsOf(database: Database): Promise<Row[]> {
  return database.query<Row & Record<string, unknown>>(
    'SELECT circle_id AS circle, k, h, entry_id AS entry FROM items ORDER BY circle_id, k',
  );
}

export async function count(database: Database, sql: string): Promise<number> {
  const [row] = await database.query<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`);
  return row?.n ?? 0;
}

/** The server's word on what this device sent. */
export async function receiptsOf(store: Store): Promise<Receipt[]> {
  return (await store.scan<Receipt>('receipts', '')).map(([, receipt]) => receipt);
}

/** How far a device has verified a circle, and all that it holds of it, in order. */
export async function copyOf(store: Store, circle: CircleId) {
  const kept = await store.get<{ readonly head: Head }>('circles', circle);
  const items = await store.scan<{ readonly text: string }>('items', `${circle}/`);
  const texts = items.map(([, { text }]) => text);
  const entries = texts.map((text) => (JSON.parse(text) as { id: EntryId }).id);
  return { head: kept?.head ?? null, entries };
}

/** Values that stand there more than once. */
export function doubles<T>(values: readonly T[]): T[] {
  const seen = new Set<T>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
