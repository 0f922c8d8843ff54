/** `npm run import-directory -- FILE`: fills the directory from an Annuaire Santé extract. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { importDirectory, type ImportReport } from './directory/directory.import.js';
import { ConfigError, databaseUrl } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';

/** Opened when its first line is asked for: lines that nobody listens to yet would be lost. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, 'utf8');
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

async function importFile(file: string): Promise<ImportReport> {
  const url = databaseUrl();
  if (url === undefined) throw new ConfigError(['DATABASE_URL is missing.']);
  const pool = new pg.Pool(poolOptions(url, 2, 'liaison-import'));
  try {
    return await importDirectory(new Database(pool), linesOf(file));
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
