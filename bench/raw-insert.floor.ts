/**
 * The floor of appends: the same rows' bytes inserted by `pg` itself, each committed alone, fsync
 * on, over one connection and over 32.
 */
import pg from 'pg';

const TABLE = 'bench_raw_rows';

async function fresh(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP TABLE IF EXISTS ${TABLE}`);
  await client.query(`CREATE TABLE ${TABLE} (
    circle text, k bigint, header text, signature bytea, body bytea, PRIMARY KEY (circle, k))`);
  await client.end();
}

export interface RawRow {
  readonly circle: string;
  readonly k: number;
  readonly header: string;
  readonly signature: Uint8Array;
  readonly body: Uint8Array;
}

/** Rows a second when `connections` clients insert them, one autocommitted row a statement. */
export async function rawInsertsPerSecond(
  url: string,
  rows: readonly RawRow[],
  connections: number,
): Promise<number> {
  await fresh(url);
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const text = `INSERT INTO ${TABLE} VALUES ($1, $2, $3, $4, $5)`;
  const waiting = rows.values();
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (const row of waiting) {
        const { circle, k, header, signature, body } = row;
        const values = [circle, k, header, Buffer.from(signature), Buffer.from(body)];
        await client.query({ name: 'raw-insert', text, values });
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return rows.length / seconds;
}
