/**
 * `npm run audit:verify`: reads the whole audit log again. Prints how much holds, or the first
 * record that does not and why; then the exit code is 1.
 */
import pg from 'pg';
import { AuditRows } from './audit/audit.rows.js';
import { AuditVerifier } from './audit/audit.verifier.js';
import { ConfigError, loadConfig } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';
import { LogKey } from './transparency/log-key.js';

async function verify(): Promise<boolean> {
  const config = loadConfig();
  const pool = new pg.Pool(poolOptions(config.databaseUrl, 1, 'liaison-audit'));
  try {
    const rows = new AuditRows(new Database(pool));
    const verdict = await new AuditVerifier(rows, new LogKey(config), config).verify();
    const said = verdict.ok
      ? `The audit log holds: ${verdict.records} records, ${verdict.checkpoints} checkpoints.`
      : `The audit log is broken at record ${verdict.seq}: ${verdict.why}.`;
    process.stdout.write(`${said}\n`);
    return verdict.ok;
  } finally {
    await pool.end();
  }
}

try {
  process.exitCode = (await verify()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.sentences.join('\n')}\n`);
  process.exitCode = 1;
}
