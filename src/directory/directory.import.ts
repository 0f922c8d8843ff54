/**
 * Fills the directory from a register's extract: every row is staged in pieces that are committed
 * one by one, then the whole release takes the place of the former. An import that was stopped goes
 * on where it was, if the file is the same; one import runs at a time.
 */
import type { PoolClient } from 'pg';
import type { Clock } from '../platform/clock/clock.js';
import type { Database } from '../platform/database/database.js';
import type { ExtractSource } from './extract.source.js';
import { type Differences, publish } from './publication.js';
import { type Register, type RegisterName, REGISTERS } from './register.js';
import { type Progress, type RefusalCounts, type RowReader, StagedRows } from './staged.rows.js';

export interface ImportReport extends Differences {
  /** How many rows were set aside, by reason; the first of them keep their line. */
  readonly refused: RefusalCounts;
  /** Bytes of the file that an earlier, stopped run had read. */
  readonly resumedAt: number;
}

export interface ImportOptions {
  readonly register: RegisterName;
  readonly clock: Clock;
  readonly onProgress?: (progress: Progress, size: number) => void;
}

type OpenImport = Progress & { readonly importId: number };

/** Any number that nothing else locks by: two imports would stage into one table. */
const ONE_AT_A_TIME = 5_402_711;

const NOTHING_READ: Progress = { bytesRead: 0, linesRead: 0, rowsStaged: 0, refused: {} };

export async function importDirectory(
  database: Database,
  source: ExtractSource,
  options: ImportOptions,
): Promise<ImportReport> {
  const client = await database.pool.connect();
  try {
    // Building the indexes of a country takes longer than any statement of the product.
    await client.query('SET statement_timeout = 0');
    await client.query('SET idle_in_transaction_session_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    return await new Import(client, source, options).run();
  } finally {
    // Its settings and its lock end with the session.
    client.release(true);
  }
}

class Import {
  private readonly register: Register;

  constructor(
    private readonly client: PoolClient,
    private readonly source: ExtractSource,
    private readonly options: ImportOptions,
  ) {
    this.register = REGISTERS[options.register];
  }

  async run(): Promise<ImportReport> {
    const header = await this.header();
    const read = this.register.readerOf(header);
    const open = (await this.stopped()) ?? (await this.begin());
    const { refused } = await this.stage(open, read);
    const report = { refused, resumedAt: open.bytesRead };
    const found = await publish(this.client, this.register, async (differences) => {
      await this.client.query(
        'UPDATE directory_imports SET finished_at = $2, report = $3 WHERE import_id = $1',
        [open.importId, this.options.clock.now(), JSON.stringify({ ...differences, ...report })],
      );
    });
    return { ...found, ...report };
  }

  private async header(): Promise<string> {
    for await (const { lines } of this.source.read(0)) {
      const [header] = lines;
      if (header !== undefined && header.trim() !== '') return header;
    }
    throw new Error('The extract is empty: it has not even a header.');
  }

  /** An import of the same file that did not end, and whose rows are all there. */
  private async stopped(): Promise<OpenImport | null> {
    const { rows } = await this.client.query<OpenImport>(
      `SELECT import_id AS "importId", bytes_read AS "bytesRead", lines_read AS "linesRead",
         rows_staged AS "rowsStaged", refused
       FROM directory_imports WHERE source = $1 AND fingerprint = $2 AND finished_at IS NULL
         AND rows_staged = (SELECT count(*) FROM ${this.register.staging.table})
         AND import_id = (SELECT max(import_id) FROM directory_imports WHERE source = $1)`,
      [this.options.register, this.source.fingerprint],
    );
    return rows[0] ?? null;
  }

  private async begin(): Promise<OpenImport> {
    await this.client.query(`TRUNCATE ${this.register.staging.table}`);
    const { rows } = await this.client.query<{ importId: number }>(
      `INSERT INTO directory_imports (source, fingerprint, started_at) VALUES ($1, $2, $3)
       RETURNING import_id AS "importId"`,
      [this.options.register, this.source.fingerprint, this.options.clock.now()],
    );
    const [made] = rows;
    if (made === undefined) throw new Error('The import was not written.');
    return { ...NOTHING_READ, ...made };
  }

  private async stage(open: OpenImport, read: RowReader): Promise<Progress> {
    const staged = new StagedRows(this.client, open.importId, this.register.staging);
    let at: Progress = open;
    for await (const piece of this.source.read(at.bytesRead)) {
      // The header names columns, and is no row of them.
      const lines = at.bytesRead === 0 ? ['', ...piece.lines.slice(1)] : piece.lines;
      at = await staged.take({ ...piece, lines }, read, at);
      this.options.onProgress?.(at, this.source.size);
    }
    return at;
  }
}
