/** `npm run import-directory -- FILE`: fills the directory from an Annuaire Santé extract. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { importDirectory, type ImportReport } from './directory/directory.import.js';
import { ConfigError, databaseUrl } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';

async function importFile(file: string): Promise<ImportReport> {
  const url = databaseUrl();
  if (url === undefined) throw new ConfigError(['DATABASE_URL is missing.']);
  const pool = new pg.Pool(poolOptions(url, 2, 'liaison-import'));
  try {
    const input = createReadStream(file, 'utf8');
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    return await importDirectory(new Database(pool), lines);
  } finally {
    await pool.end();
  }
}

const [file] = process.argv.slice(2);
try {
  if (file === undefined) throw new ConfigError(['Name the extract to import.']);
  process.stdout.write(`${JSON.stringify(await importFile(file))}\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.sentences.join('\n')}\n`);
  process.exitCode = 1;
}
