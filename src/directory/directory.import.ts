/**
 * Fills the directory from an extract: activities that the file names are written, those it no
 * longer names are removed, all in one transaction, so that a search never sees half a directory.
 */
import type { Database, Transaction } from '../platform/database/database.js';
import { ExtractReader, type PractitionerActivity } from './extract.reader.js';

export interface ImportReport {
  readonly activities: number;
  readonly leftOut: number;
  readonly removed: number;
}

const BATCH = 1000;

const UPSERT = `
  INSERT INTO practitioners (activity_id, national_id, name, profession, structure, finess, town,
    search)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
    $7::text[], $8::text[])
  ON CONFLICT (activity_id) DO UPDATE SET name = excluded.name, profession = excluded.profession,
    structure = excluded.structure, finess = excluded.finess, town = excluded.town,
    search = excluded.search`;

async function write(transaction: Transaction, batch: ReadonlyMap<string, PractitionerActivity>) {
  const rows = [...batch.values()];
  if (rows.length === 0) return;
  await transaction.query(UPSERT, [
    rows.map((row) => row.activityId),
    rows.map((row) => row.nationalId),
    rows.map((row) => row.name),
    rows.map((row) => row.profession),
    rows.map((row) => row.structure),
    rows.map((row) => row.finess),
    rows.map((row) => row.town),
    rows.map((row) => row.search),
  ]);
  await transaction.query('INSERT INTO imported SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
    rows.map((row) => row.activityId),
  ]);
}

async function removeUnnamed(transaction: Transaction): Promise<number> {
  const rows = await transaction.query(
    `DELETE FROM practitioners p WHERE NOT EXISTS (
       SELECT FROM imported i WHERE i.activity_id = p.activity_id) RETURNING 1`,
  );
  return rows.length;
}

/** `lines`: the header first. They are read once, so a file of any size may stream. */
export function importDirectory(
  database: Database,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<ImportReport> {
  return database.transaction(async (transaction) => {
    await transaction.query(
      'CREATE TEMP TABLE imported (activity_id text PRIMARY KEY) ON COMMIT DROP',
    );
    const { activities, leftOut } = await writeAll(transaction, lines);
    return { activities, leftOut, removed: await removeUnnamed(transaction) };
  });
}

async function writeAll(
  transaction: Transaction,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<Omit<ImportReport, 'removed'>> {
  let reader: ExtractReader | undefined;
  let leftOut = 0;
  let activities = 0;
  let batch = new Map<string, PractitionerActivity>();
  for await (const line of lines) {
    if (line.trim() === '') continue;
    if (reader === undefined) {
      reader = new ExtractReader(line);
      continue;
    }
    const row = reader.read(line);
    if (row === null) leftOut += 1;
    else batch.set(row.activityId, row);
    if (batch.size < BATCH) continue;
    activities += batch.size;
    await write(transaction, batch);
    batch = new Map();
  }
  if (reader === undefined) throw new Error('The extract is empty: it has not even a header.');
  await write(transaction, batch);
  return { activities: activities + batch.size, leftOut };
}
