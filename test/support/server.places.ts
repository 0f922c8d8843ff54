/** Everything that a server keeps, has written down or has sent, for whoever searches it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from '../../src/platform/database/database.js';
import type { Place } from './markers.js';
import type { Processes } from './processes.js';

const TABLES = `
  SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND n.nspname NOT LIKE 'pg_toast%' ORDER BY 1`;

const SEPARATOR = Buffer.from('\n');

/**
 * A column's own bytes; what is no text and no bytes is written as JSON, which quotes what it
 * holds.
 */
function bytesOf(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') return Buffer.from(value);
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  const within = parts.flatMap((part) => [bytesOf(part), SEPARATOR]);
  return Buffer.concat([Buffer.from(JSON.stringify(value)), SEPARATOR, ...within]);
}

async function tableAt(database: Database, name: string): Promise<Place> {
  const rows = await database.query(`SELECT * FROM ${name}`);
  const values = rows
    .flatMap((row): unknown[] => Object.values(row))
    .filter((value) => value !== null);
  const bytes = Buffer.concat(values.flatMap((value) => [bytesOf(value), SEPARATOR]));
  return { name: `table ${name}`, bytes };
}

/** Every table of every schema, the queues' own among them: each column's own bytes. */
async function tablesOf(database: Database): Promise<Place[]> {
  const names = await database.query<{ name: string }>(TABLES);
  const places: Place[] = [];
  for (const { name } of names) places.push(await tableAt(database, name));
  return places;
}

/** All files below a folder. */
export function filesIn(folder: string, what: string): Place[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() === true)
    .map((path) => ({ name: `${what} ${path}`, bytes: readFileSync(join(folder, path)) }));
}

/** The whole server from outside: tables, raw files and WAL, logs, mails, attachments, the wire. */
export async function placesOf(machine: Processes): Promise<Place[]> {
  const tables = await machine.ask(async (database) => {
    // What is only in memory reaches the files too.
    await database.query('CHECKPOINT');
    return tablesOf(database);
  });
  const { http, frames } = machine.proxy.recorded();
  return [
    ...tables,
    ...filesIn(machine.postgresFolder, 'postgres'),
    ...filesIn(machine.logsFolder, 'log'),
    ...filesIn(machine.dataFolder, 'data'),
    ...filesIn(join(machine.folder, 'mails'), 'mail'),
    { name: 'mails', bytes: Buffer.from(JSON.stringify(machine.mails.mails())) },
    { name: 'http', bytes: http },
    { name: 'socket frames', bytes: frames },
  ];
}

/** Opens a plain connection, for what the server's own statements would not do. */
export async function plainly<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
