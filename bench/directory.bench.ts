/**
 * The national directory: importing a made-up extract of 1.9 million rows and 56 columns, against
 * one bare COPY of the same rows; then searching it, against the bare indexed query for the very
 * words. Both databases run with fsync on. `DIRECTORY_ROWS` makes it smaller.
 */
import { chmodSync, createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { importDirectory, type ImportReport } from '../src/directory/directory.import.js';
import { fileSource } from '../src/directory/extract.source.js';
import { searchDirectory } from '../src/directory/people.search.js';
import { SystemClock } from '../src/platform/clock/clock.js';
import { Database } from '../src/platform/database/database.js';
import { migrate } from '../src/platform/database/migrations.js';
import { poolOptions } from '../src/platform/database/pool.options.js';
import { openHome, startHomeDatabase } from '../src/platform/embedded/home.js';
import { Log } from '../src/platform/logger/log.js';
import { searchable } from '../src/platform/text/searchable.js';
import { LABELS, type MadeFile, writeNationalFile } from './directory.file.js';
import { bounded, compared, type Figure, plain } from './figure.js';

const ROWS = Number(process.env['DIRECTORY_ROWS'] ?? 1_900_000);
const MADE: MadeFile = { rows: ROWS, seed: 7, isNoisy: true };
const SEARCHES = 400;
/** What the p95 of a search may take. */
const SEARCH_MS = 50;
const MEGABYTE = 1 << 20;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** What PostgreSQL itself needs to take the file in: every column as text, no index. */
async function rawCopySeconds(url: string, file: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const columns = [...LABELS.map((_, at) => `c${at} text`), 'rest text'].join(', ');
  await client.query(`CREATE TABLE bench_raw_copy (${columns})`);
  const copy = `COPY bench_raw_copy FROM STDIN
    WITH (FORMAT csv, DELIMITER '|', QUOTE E'\\b', HEADER true)`;
  const spent = await seconds(() => pipeline(createReadStream(file), client.query(from(copy))));
  await client.query('DROP TABLE bench_raw_copy');
  await client.end();
  return spent;
}

/** The slowest but one in twenty. */
function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

async function eachMs<T>(
  asked: readonly T[],
  ask: (one: T) => Promise<unknown>,
): Promise<number[]> {
  const spent: number[] = [];
  for (const one of asked) spent.push((await seconds(() => ask(one))) * 1000);
  return spent;
}

/** A letter is dropped inside. */
const slipped = (name: string): string => `${name.slice(0, 3)}${name.slice(4)}`;

interface Asked {
  readonly family: string;
  readonly town: string;
}

async function searches(database: Database): Promise<Figure[]> {
  // Ids are digests, so the first ones are anybody.
  const people = await database.query<{ name: string; town: string }>(
    'SELECT name, town FROM practitioners ORDER BY activity_id LIMIT $1',
    [SEARCHES],
  );
  const asked = people.map(({ name, town }) => ({
    family: searchable(name.split(' ').at(-1) ?? ''),
    town: searchable(town),
  }));
  const bare = 'SELECT * FROM practitioners WHERE words @> $1::text[] LIMIT 50';
  const words = ({ family, town }: Asked): string[] => [family, ...town.split(' ')];
  const search = (one: Asked): Promise<unknown> => searchDirectory(database, words(one));
  await eachMs(asked.slice(0, 20), search);
  const raw = await eachMs(asked, (one) => database.query(bare, [words(one)]));
  const exact = await eachMs(asked, search);
  const typo = await eachMs(asked, (one) => search({ ...one, family: slipped(one.family) }));
  const begun = await eachMs(asked, ({ family }) =>
    searchDirectory(database, [family.slice(0, 4)]),
  );
  return [
    compared('directory: search by name and town, p95', 'ms', p95(exact), p95(raw)),
    bounded('directory: search by name and town, p95', 'ms', p95(exact), SEARCH_MS),
    bounded('directory: search with a slip, p95', 'ms', p95(typo), SEARCH_MS),
    bounded('directory: search by four letters, p95', 'ms', p95(begun), SEARCH_MS),
  ];
}

async function imports(database: Database, file: string, rawSeconds: number): Promise<Figure[]> {
  const clock = new SystemClock();
  const run = async (): Promise<ImportReport> =>
    importDirectory(database, await fileSource(file), { register: 'practitioners', clock });
  let report: ImportReport | undefined;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const first = await seconds(async () => (report = await run()));
  clearInterval(watch);
  const second = await run();
  console.log(`first ${JSON.stringify(report)}\nagain ${JSON.stringify(second)}`);
  const changes = second.added + second.changed + second.removed;
  return [
    compared('directory: import of a national file', 's', first, rawSeconds, { atMost: 4 }),
    plain('directory: import', 'rows/s', ROWS / first),
    plain('directory: file', 'MB', statSync(file).size / MEGABYTE),
    plain('directory: memory of the importer', 'MB', peak / MEGABYTE),
    bounded('directory: changes at a second import', 'rows', changes, 0),
  ];
}

export async function directory(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'liaison-bench-'));
  // Entered by the account that PostgreSQL runs as when this runs as root.
  chmodSync(dir, 0o711);
  const home = await startHomeDatabase(openHome(dir));
  const pool = new pg.Pool(poolOptions(home.url, 4, 'liaison-bench'));
  try {
    await migrate(home.url, Log.create('error'));
    const [clean, noisy] = [join(dir, 'clean.txt'), join(dir, 'noisy.txt')];
    await writeNationalFile(clean, { ...MADE, isNoisy: false });
    const rawSeconds = await rawCopySeconds(home.url, clean);
    rmSync(clean);
    await writeNationalFile(noisy, MADE);
    const database = new Database(pool);
    return [...(await imports(database, noisy, rawSeconds)), ...(await searches(database))];
  } finally {
    await pool.end();
    await home.cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
