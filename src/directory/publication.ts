/**
 * Makes the directory's tables of what an import staged, beside those in use, and puts them in
 * their place at once: a search sees the whole former release or the whole new one, and never
 * waits for an index to be built.
 */
import type { PoolClient } from 'pg';
import type { PublishedTable, Register } from './register.js';

export interface Differences {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

const next = (name: string): string => `${name}_next`;

/** Room to sort and to build indexes in, for this session alone. */
const SETTINGS = ["SET work_mem = '128MB'", "SET maintenance_work_mem = '256MB'"];

async function build(client: PoolClient, table: PublishedTable): Promise<void> {
  const { name, key, columns, select, indexes } = table;
  await client.query(`DROP TABLE IF EXISTS ${next(name)}`);
  await client.query(`CREATE TABLE ${next(name)} (LIKE ${name} INCLUDING DEFAULTS)`);
  await client.query(`INSERT INTO ${next(name)} (${columns.join(', ')}) ${select}`);
  await client.query(
    `ALTER TABLE ${next(name)} ADD CONSTRAINT ${next(`${name}_pkey`)} PRIMARY KEY (${key})`,
  );
  for (const [index, form] of Object.entries(indexes)) {
    await client.query(`CREATE INDEX ${next(index)} ON ${next(name)} ${form}`);
  }
  await client.query(`ANALYZE ${next(name)}`);
}

async function differences(client: PoolClient, table: PublishedTable): Promise<Differences> {
  const { name, key, columns } = table;
  const row = (of: string): string => `(${columns.map((one) => `${of}.${one}`).join(', ')})`;
  const { rows } = await client.query<Differences>(
    `SELECT count(n.${key}) AS rows,
       count(*) FILTER (WHERE o.${key} IS NULL) AS added,
       count(*) FILTER (WHERE n.${key} IS NULL) AS removed,
       count(*) FILTER (WHERE o.${key} IS NOT NULL AND n.${key} IS NOT NULL
         AND ${row('o')} IS DISTINCT FROM ${row('n')}) AS changed
     FROM ${name} o FULL JOIN ${next(name)} n ON o.${key} = n.${key}`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('Counting gave no row.');
  return found;
}

async function takePlace(client: PoolClient, table: PublishedTable): Promise<void> {
  const { name, indexes } = table;
  await client.query(`DROP TABLE ${name}`);
  await client.query(`ALTER TABLE ${next(name)} RENAME TO ${name}`);
  for (const index of [`${name}_pkey`, ...Object.keys(indexes)]) {
    await client.query(`ALTER INDEX ${next(index)} RENAME TO ${index}`);
  }
}

/** `finish` runs in the commit in which the new tables take their place. */
export async function publish(
  client: PoolClient,
  register: Register,
  finish: (found: Differences) => Promise<void>,
): Promise<Differences> {
  for (const setting of SETTINGS) await client.query(setting);
  for (const table of register.tables) await build(client, table);
  const found = await differences(client, register.tables[0]);
  await client.query('BEGIN');
  try {
    for (const table of register.tables) await takePlace(client, table);
    await client.query(`TRUNCATE ${register.staging.table}`);
    await finish(found);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return found;
}
