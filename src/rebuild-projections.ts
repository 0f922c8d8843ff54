/**
 * `npm run projections:rebuild`: fills the tables that repeat what entries say from those entries
 * again, and prints each row that was not what they say; then the exit code is 1.
 */
import pg from 'pg';
import { type Difference, HandoffRebuild } from './handoffs/handoff.rebuild.js';
import { ConfigError, databaseUrl } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';

const SHOWN = 100;

function sentence({ table, key, before, after }: Difference): string {
  if (before === null) return `${table} ${key}: was missing`;
  if (after === null) return `${table} ${key}: no entry says so`;
  const columns = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const changes = columns.map(
    (name) => `${name} ${JSON.stringify(before[name])} → ${JSON.stringify(after[name])}`,
  );
  return `${table} ${key}: ${changes.join(', ')}`;
}

async function rebuild(): Promise<boolean> {
  const url = databaseUrl();
  if (url === undefined) throw new ConfigError(['DATABASE_URL is missing.']);
  const pool = new pg.Pool(poolOptions(url, 1, 'liaison-rebuild'));
  try {
    const { items, differences } = await new HandoffRebuild(new Database(pool)).run();
    const lines = differences.slice(0, SHOWN).map(sentence);
    const said =
      differences.length === 0
        ? `The projections hold: ${items} entries replayed, no row differed.`
        : `${items} entries replayed; rows that differed and are repaired: ${differences.length}.`;
    process.stdout.write(`${[...lines, said].join('\n')}\n`);
    return differences.length === 0;
  } finally {
    await pool.end();
  }
}

try {
  process.exitCode = (await rebuild()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.sentences.join('\n')}\n`);
  process.exitCode = 1;
}
