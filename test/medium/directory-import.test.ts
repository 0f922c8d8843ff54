/**
 * Registers as they come: again, stopped half-way, with renamed headers, damaged rows and another
 * release. What is searched is always one whole release.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importDirectory, type ImportReport } from '../../src/directory/directory.import.js';
import { type ExtractSource, linesSource } from '../../src/directory/extract.source.js';
import type { RegisterName } from '../../src/directory/register.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { readSampleFile } from '../../tools/sample/sample.files.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const [HEADER = '', ...ROWS] = readSampleFile('personnes-activites.txt')
  .split('\n')
  .filter((line) => line !== '');
const PEOPLE = ROWS.length;
let fixture: TestDatabase;

beforeAll(async () => {
  fixture = await createTestDatabase();
});
afterAll(() => fixture.close());

const clock = new SystemClock();

function run(
  source: ExtractSource,
  register: RegisterName = 'practitioners',
): Promise<ImportReport> {
  return importDirectory(fixture.database, source, { register, clock });
}

const imported = (lines: readonly string[]): Promise<ImportReport> =>
  run(linesSource([HEADER, ...lines]));

const names = async (): Promise<string[]> => {
  const sql = 'SELECT DISTINCT name FROM practitioners ORDER BY name';
  return (await fixture.database.query<{ name: string }>(sql)).map(({ name }) => name);
};

/** The file in pieces of a few lines, of which the reader stops after some. */
function stopping(source: ExtractSource, after: number): ExtractSource {
  async function* read(from: number): AsyncGenerator<{ lines: readonly string[]; end: number }> {
    let at = from;
    let given = 0;
    for await (const { lines } of source.read(from)) {
      for (let first = 0; first < lines.length; first += 4) {
        if (given === after) throw new Error('The importer was killed.');
        const some = lines.slice(first, first + 4);
        at += Buffer.byteLength(`${some.join('\n')}\n`);
        given += 1;
        yield { lines: some, end: at };
      }
    }
  }
  return { ...source, read };
}

describe('the Annuaire Santé extract', () => {
  test('is imported once, and again without a change', async () => {
    expect(await imported(ROWS)).toMatchObject({ rows: PEOPLE, added: PEOPLE, refused: {} });
    const again = await imported(ROWS);
    expect(again).toMatchObject({ rows: PEOPLE, added: 0, changed: 0, removed: 0 });
  });

  test('another release says what it adds, changes and removes', async () => {
    const moved = ROWS.slice(1).map((row) => row.replace('|MARCHAND|', '|MARCHAND-DUBOIS|'));
    const changed = moved.filter((row, at) => row !== ROWS[at + 1]).length;
    expect(await imported(moved)).toMatchObject({ added: 0, changed, removed: 1 });
    expect(await imported(ROWS)).toMatchObject({ added: 1, changed, removed: 0 });
  });

  test('sets damaged rows aside with their line and reason, and counts a row twice told once', async () => {
    const [first = ''] = ROWS;
    const cut = first.slice(0, 60);
    const nameless = first.replace(/^([^|]*\|[^|]*\|)[^|]*/, '$1not-an-id');
    const report = await imported([...ROWS, cut, nameless, first, '']);
    expect(report.refused).toEqual({ 'columns-missing': 1, 'national-id-unusable': 1 });
    expect(report.rows).toBe(PEOPLE);
    const kept = await fixture.database.query(
      `SELECT line, reason FROM directory_refusals r JOIN directory_imports USING (import_id)
       WHERE import_id = (SELECT max(import_id) FROM directory_imports) ORDER BY line`,
    );
    expect(kept).toEqual([
      { line: PEOPLE + 2, reason: 'columns-missing' },
      { line: PEOPLE + 3, reason: 'national-id-unusable' },
    ]);
  });

  test('reads columns by their label, however a release spells and orders them', async () => {
    const turned = [HEADER, ...ROWS].map((line) => {
      const cells = line.replace(/\|$/, '').split('|');
      return [...cells.slice(3), ...cells.slice(0, 3), 'more'].join('|');
    });
    const [header = '', ...rows] = turned;
    const spelled = header.toUpperCase().replace(/'/g, '’');
    const report = await run(linesSource([`\uFEFF${spelled}`, ...rows]));
    expect(report).toMatchObject({ rows: PEOPLE, added: 0, changed: 0, removed: 0 });
  });

  test('a file of another kind is refused, names its missing columns, and changes nothing', async () => {
    const before = await names();
    await expect(run(linesSource(['a|b|', '1|2|']))).rejects.toThrow(
      /no column « Identification nationale PP »/,
    );
    await expect(run(linesSource([]))).rejects.toThrow(/empty/);
    expect(await names()).toEqual(before);
  });

  test('stopped half-way it changes nothing, and goes on where it was', async () => {
    const before = await names();
    const other = ROWS.map((row) => row.replace('|LEFEVRE|', '|LEFEVRE-ROY|'));
    const source = linesSource([HEADER, ...other]);
    await expect(run(stopping(source, 3))).rejects.toThrow(/killed/);
    expect(await names()).toEqual(before);
    const report = await run(stopping(source, Number.POSITIVE_INFINITY));
    expect(report.resumedAt).toBeGreaterThan(0);
    expect(report).toMatchObject({ rows: PEOPLE, added: 0, removed: 0, refused: {} });
    expect(await names()).toContain('NADIA LEFEVRE-ROY');
  });

  test('begins anew where what was staged is gone, or the file is another', async () => {
    const source = linesSource([HEADER, ...ROWS]);
    await expect(run(stopping(source, 2))).rejects.toThrow(/killed/);
    await fixture.database.query('TRUNCATE directory_rows');
    expect(await run(source)).toMatchObject({ rows: PEOPLE, resumedAt: 0 });
  });
});

describe('the MSSanté extract', () => {
  const BOXES = [
    'Type de BAL|Adresse BAL|Identifiant PP|Identification nationale PP|Identification Structure|',
    'PER|Helene.Petit@medecin.mssante.example|1|899970000032||',
    'PER|helene.petit@MEDECIN.mssante.example|1|899970000032||',
    'ORG|accueil@ch-laon.mssante.example|||F029970014|',
    'PER|no address|1|899970000032||',
  ];

  test('has a box once, by its address in small letters, and sets aside what is none', async () => {
    const report = await run(linesSource(BOXES), 'mailboxes');
    expect(report).toMatchObject({ rows: 2, added: 2, refused: { 'address-unusable': 1 } });
    const gone = await run(linesSource(BOXES.slice(0, 3)), 'mailboxes');
    expect(gone).toMatchObject({ rows: 1, removed: 1, added: 0 });
  });
});
