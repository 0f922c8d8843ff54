/**
 * `npm run invite-coordinator -- "Léonie Fontaine"`: prints, once, the link by which the first
 * coordinator of an installation gets in. The database keeps its public half only.
 */
import { InvitationText } from '@liaison/contract/identity';
import pg from 'pg';
import { Accounts } from './identity/accounts.js';
import { Invitations } from './identity/invitations.js';
import { SystemClock } from './platform/clock/clock.js';
import { ConfigError, loadConfig } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';

async function invite(name: string, role: string): Promise<string> {
  const config = loadConfig();
  const pool = new pg.Pool(poolOptions(config.databaseUrl, 2, 'liaison-invite'));
  try {
    const database = new Database(pool);
    const clock = new SystemClock();
    const accounts = new Accounts(database, clock, config);
    const invitations = new Invitations(database, clock, accounts, config);
    return await invitations.ofOperator(name, InvitationText.shape.role.parse(role));
  } finally {
    await pool.end();
  }
}

const [name, role = 'coordinator'] = process.argv.slice(2);
try {
  if (!name) throw new ConfigError(['Say who is invited: the name that others will read.']);
  process.stdout.write(`${await invite(name, role)}\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.sentences.join('\n')}\n`);
  process.exitCode = 1;
}
