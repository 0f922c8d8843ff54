/**
 * A fresh, migrated database for one test file, copied from the run's template in a few tens of
 * milliseconds, so that no test ever meets another's rows.
 */
import { randomBytes } from 'node:crypto';
import { Database } from '../../src/platform/database/database.js';
import { poolOptions } from '../../src/platform/database/pool.options.js';
import pg from 'pg';
import { rememberedCluster, testServers } from './test-environment.mjs';

export interface TestDatabase {
  readonly url: string;
  /** Given when the suites run on Redis. */
  readonly redisUrl: string | undefined;
  /** Statements on the same pool form as the server's own. */
  readonly database: Database;
  /** Closes the pool and drops the database, whoever is still connected. */
  close(): Promise<void>;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: rememberedCluster().adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function urlOf(name: string): string {
  const url = new URL(rememberedCluster().adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** One without any table: for what the migrations themselves do. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('template0');
}

export function createTestDatabase(): Promise<TestDatabase> {
  return create(rememberedCluster().template);
}

async function create(template: string): Promise<TestDatabase> {
  const name = `liaison_test_${randomBytes(8).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const pool = new pg.Pool(poolOptions(urlOf(name), 8, 'liaison-test'));
  // Dropping a database ends its connections; the tests that do so look at the outcome themselves.
  pool.on('error', () => undefined);
  return {
    url: urlOf(name),
    redisUrl: testServers().redisUrl,
    database: new Database(pool),
    close: async () => {
      await pool.end();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
