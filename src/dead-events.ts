/**
 * `npm run events:dead`: lists what no room could take, by number and kind, never what it says of
 * anybody. `npm run events:dead -- --replay` gives all of it back, once the cause is mended.
 */
import pg from 'pg';
import { type DeadEvent, deadEvents, replayDead } from './events/event.rows.js';
import { ConfigError, databaseUrl } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';

const REPLAY = '--replay';

function line({ consumer, id, type, cause, setAsideAt }: DeadEvent): string {
  const at = new Date(setAsideAt).toISOString();
  return `${at}  ${consumer} ${id}  ${type}  ${cause}`;
}

async function said(database: Database): Promise<readonly string[]> {
  if (process.argv.includes(REPLAY)) {
    return [`Events given back to their rooms: ${await replayDead(database)}.`];
  }
  const dead = await deadEvents(database);
  return [...dead.map(line), `Events set aside: ${dead.length}.`];
}

try {
  const url = databaseUrl();
  if (url === undefined) throw new ConfigError(['DATABASE_URL is missing.']);
  const pool = new pg.Pool(poolOptions(url, 1, 'liaison-dead-events'));
  try {
    process.stdout.write(`${(await said(new Database(pool))).join('\n')}\n`);
  } finally {
    await pool.end();
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.sentences.join('\n')}\n`);
  process.exitCode = 1;
}
