/**
 * Copies read rows into a staging table, in the same commit as how far the file is read: whoever
 * stops an import here loses nothing, and doubles nothing. What is refused keeps its line and its
 * reason, up to a limit; all are counted.
 */
import { once } from 'node:events';
import { LIMITS } from '@liaison/contract/limits';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import type { Piece } from './extract.source.js';

export type Refusal =
  | 'columns-missing'
  | 'national-id-unusable'
  | 'name-missing'
  | 'not-utf8'
  | 'address-unusable';

export type ReadRow = { readonly row: readonly (string | null)[] } | { readonly refused: Refusal };
export type RowReader = (line: string) => ReadRow;

export interface Staging {
  readonly table: string;
  readonly columns: readonly string[];
}

export type RefusalCounts = Readonly<Partial<Record<Refusal, number>>>;

export interface Progress {
  readonly bytesRead: number;
  readonly linesRead: number;
  readonly rowsStaged: number;
  readonly refused: RefusalCounts;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** A value as COPY's text format reads it. */
function copied(value: string | null): string {
  if (value === null) return '\\N';
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (one) => ESCAPES[one] ?? '') : value;
}

interface Sorted {
  readonly text: string;
  readonly staged: number;
  readonly refused: readonly { readonly line: number; readonly reason: Refusal }[];
}

function sortOut(lines: readonly string[], first: number, read: RowReader): Sorted {
  const rows: string[] = [];
  const refused: { line: number; reason: Refusal }[] = [];
  lines.forEach((line, at) => {
    if (line.trim() === '') return;
    const found = read(line);
    if ('refused' in found) refused.push({ line: first + at, reason: found.refused });
    else rows.push(found.row.map(copied).join('\t'));
  });
  return { text: rows.map((row) => `${row}\n`).join(''), staged: rows.length, refused };
}

const sumOf = (counts: RefusalCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function counted(before: RefusalCounts, refused: Sorted['refused']): RefusalCounts {
  const counts = { ...before };
  for (const { reason } of refused) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

export class StagedRows {
  constructor(
    private readonly client: PoolClient,
    private readonly importId: number,
    private readonly staging: Staging,
  ) {}

  /** Stages a piece of the file whose first line has that number; answers how far that comes. */
  async take(piece: Piece, read: RowReader, at: Progress): Promise<Progress> {
    const sorted = sortOut(piece.lines, at.linesRead + 1, read);
    const next = {
      bytesRead: piece.end,
      linesRead: at.linesRead + piece.lines.length,
      rowsStaged: at.rowsStaged + sorted.staged,
      refused: counted(at.refused, sorted.refused),
    };
    await this.client.query('BEGIN');
    try {
      await this.copy(sorted.text);
      await this.keepRefusals(sorted.refused, at.refused);
      await this.client.query(
        `UPDATE directory_imports SET bytes_read = $2, lines_read = $3, rows_staged = $4,
           refused = $5 WHERE import_id = $1`,
        [
          this.importId,
          next.bytesRead,
          next.linesRead,
          next.rowsStaged,
          JSON.stringify(next.refused),
        ],
      );
      await this.client.query('COMMIT');
    } catch (error) {
      await this.client.query('ROLLBACK');
      throw error;
    }
    return next;
  }

  private async copy(text: string): Promise<void> {
    if (text === '') return;
    const { table, columns } = this.staging;
    const stream = this.client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
    stream.end(text);
    await once(stream, 'finish');
  }

  private async keepRefusals(refused: Sorted['refused'], before: RefusalCounts): Promise<void> {
    const room = LIMITS.directoryRefusalsKept.value - sumOf(before);
    const kept = refused.slice(0, Math.max(0, room));
    if (kept.length === 0) return;
    await this.client.query(
      'INSERT INTO directory_refusals SELECT $1, * FROM unnest($2::bigint[], $3::text[])',
      [this.importId, kept.map(({ line }) => line), kept.map(({ reason }) => reason)],
    );
  }
}
