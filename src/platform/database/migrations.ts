/**
 * Brings the schema up to what this version of the server expects: our own migrations, then those
 * of the queues. Several processes may start at once: an advisory lock lets one of them work and
 * the others find it done. This is never run by the API or the worker themselves.
 */
import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMigrations as runQueueMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import type { Log } from '../logger/log.js';
import { QUEUE_SCHEMA } from '../queue/queue.schema.js';
import { dataSourceOptions } from './data-source.js';

type MigrationClass = new () => MigrationInterface;

const FOLDER = new URL('../../../migrations/', import.meta.url);
/** The same extension as this file's: sources under jest, compiled files otherwise. */
const EXTENSION = extname(fileURLToPath(import.meta.url));
const NAME = /^\d{13}-[a-z0-9-]+$/;
/** Spells "LIAI": any constant does, as long as no other program of this database uses it. */
const ADVISORY_LOCK = 0x4c494149;

const isMigration = (value: unknown): value is MigrationClass =>
  typeof value === 'function' && /\d{13}$/.test(value.name);

async function loadMigrations(): Promise<MigrationClass[]> {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith(EXTENSION) && NAME.test(file.slice(0, -EXTENSION.length)))
    .sort();
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(new URL(file, FOLDER).href)),
  );
  return modules.flatMap((module) => Object.values(module).filter(isMigration));
}

async function holdingLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'liaison-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function runOwn(url: string, log: Log, last: string | undefined): Promise<string[]> {
  const all = await loadMigrations();
  const migrations = last === undefined ? all : all.slice(0, placeOf(all, last) + 1);
  const options = { ...dataSourceOptions(url, 2, log), migrations };
  const dataSource = await new DataSource(options).initialize();
  try {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

function placeOf(migrations: readonly MigrationClass[], name: string): number {
  const at = migrations.findIndex((one) => one.name === name);
  if (at < 0) throw new Error(`There is no migration named ${name}.`);
  return at;
}

/**
 * The names of the migrations that were applied, in order. `last` stops after that one: what a
 * database of an earlier version looked like.
 */
export function migrate(url: string, log: Log, last?: string): Promise<string[]> {
  return holdingLock(url, async (client) => {
    const applied = await runOwn(url, log, last);
    await runQueueMigrations(client, QUEUE_SCHEMA);
    return applied;
  });
}

/** Undoes the newest migration: for development, and to show that each way down works. */
export function revert(url: string, log: Log): Promise<void> {
  return holdingLock(url, async () => {
    const migrations = await loadMigrations();
    const options = { ...dataSourceOptions(url, 2, log), migrations };
    const dataSource = await new DataSource(options).initialize();
    try {
      await dataSource.undoLastMigration({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
  });
}
