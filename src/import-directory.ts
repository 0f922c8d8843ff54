/**
 * `npm run import-directory -- FILE`: fills the directory from an Annuaire Santé extract, or with
 * `--register mailboxes` from the MSSanté one. Progress goes to the error stream, the report to the
 * other. Stopped, it goes on where it was when it is called again with the same file.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { importDirectory, type ImportReport } from './directory/directory.import.js';
import { fileSource } from './directory/extract.source.js';
import { type RegisterName, REGISTERS } from './directory/register.js';
import type { Progress } from './directory/staged.rows.js';
import { SystemClock } from './platform/clock/clock.js';
import { ConfigError, databaseUrl } from './platform/config/load.config.js';
import { Database } from './platform/database/database.js';
import { poolOptions } from './platform/database/pool.options.js';

const SAID_EACH_MS = 1000;

/** Once a second how far and how long still; nothing of an import that takes less. */
function progressLines(): (progress: Progress, size: number) => void {
  const started = performance.now();
  let from: number | null = null;
  let saidAt = started;
  return ({ bytesRead, linesRead }, size) => {
    from ??= bytesRead;
    const now = performance.now();
    if (now - saidAt < SAID_EACH_MS) return;
    saidAt = now;
    const pace = (bytesRead - from) / (now - started);
    const rest = pace > 0 ? `, about ${Math.ceil((size - bytesRead) / pace / 1000)} s left` : '';
    const percent = Math.floor((100 * bytesRead) / size);
    process.stderr.write(`${percent} % read, ${linesRead} lines${rest}\n`);
    if (bytesRead >= size) process.stderr.write('All is read; what is searched is being built.\n');
  };
}

async function importFile(file: string, register: RegisterName): Promise<ImportReport> {
  const url = databaseUrl();
  if (url === undefined) throw new ConfigError(['DATABASE_URL is missing.']);
  const pool = new pg.Pool(poolOptions(url, 2, 'liaison-import'));
  try {
    const options = { register, clock: new SystemClock(), onProgress: progressLines() };
    return await importDirectory(new Database(pool), await fileSource(file), options);
  } finally {
    await pool.end();
  }
}

function registerNamed(name: string): RegisterName {
  if (Object.hasOwn(REGISTERS, name)) return name as RegisterName;
  const known = Object.keys(REGISTERS).join(', ');
  throw new ConfigError([`There is no register "${name}"; there are ${known}.`]);
}

try {
  const { values, positionals } = parseArgs({
    options: { register: { type: 'string', default: 'practitioners' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) throw new ConfigError(['Name the extract to import.']);
  const report = await importFile(file, registerNamed(values.register));
  process.stdout.write(`${JSON.stringify(report)}\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.sentences.join('\n')}\n`);
  process.exitCode = 1;
}
