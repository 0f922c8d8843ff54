/**
 * The floor of appends: the very rows that the server wrote, inserted again by `pg` itself into a
 * table without partitions or other indexes, each committed alone, fsync on, over one connection
 * and over 32.
 */
import pg from 'pg';

const TABLE = 'bench_raw_rows';
const COLUMNS = `circle_id, k, entry_id, kind, statement, item_hash, h, ordinal, taken_at, header,
  signature, body`;
const INSERT = `INSERT INTO ${TABLE} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

export type RawRow = readonly unknown[];

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The newest rows of entries, as the server stored them. */
export async function storedRows(url: string, count: number): Promise<RawRow[]> {
  const client = await connected(url);
  const text = `SELECT ${COLUMNS} FROM items WHERE NOT statement ORDER BY taken_at DESC LIMIT $1`;
  const { rows } = await client.query<unknown[]>({ text, values: [count], rowMode: 'array' });
  await client.end();
  return rows;
}

async function fresh(url: string): Promise<void> {
  const client = await connected(url);
  await client.query(`DROP TABLE IF EXISTS ${TABLE}`);
  await client.query(`CREATE TABLE ${TABLE} (LIKE items, PRIMARY KEY (circle_id, k))`);
  await client.end();
}

/** Rows a second when `connections` clients insert them, one autocommitted row a statement. */
export async function rawInsertsPerSecond(
  url: string,
  rows: readonly RawRow[],
  connections: number,
): Promise<number> {
  await fresh(url);
  const clients = await Promise.all(Array.from({ length: connections }, () => connected(url)));
  const waiting = rows.values();
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (const row of waiting) {
        await client.query({ name: 'raw-insert', text: INSERT, values: [...row] });
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return rows.length / seconds;
}
