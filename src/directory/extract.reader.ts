/**
 * Reads the national extract's layout, one activity a row: columns are found by normalised header,
 * never by position, because labels and their order vary by release. A row without what the
 * directory needs is counted and left out; a missing column stops the import and is named.
 */
import { createHash } from 'node:crypto';
import { Finess, NationalId } from '@liaison/contract/ids';
import { Profession } from '@liaison/contract/profession';
import { searchable } from '../platform/text/searchable.js';

export interface PractitionerActivity {
  /** Names the activity: the same row at the next import is the same activity. */
  readonly activityId: string;
  readonly nationalId: NationalId;
  readonly name: string;
  readonly profession: Profession;
  readonly structure: string;
  readonly finess: Finess | null;
  readonly town: string;
  readonly search: string;
}

const COLUMNS = {
  nationalId: 'Identification nationale PP',
  familyName: "Nom d'exercice",
  givenName: "Prénom d'exercice",
  profession: 'Code profession',
  mode: 'Code mode exercice',
  finess: 'Numéro FINESS site',
  structureId: 'Identifiant technique de la structure',
  structure: 'Raison sociale site',
  tradeName: 'Enseigne commerciale site',
  town: 'Libellé commune (coord. structure)',
} as const;
type Column = keyof typeof COLUMNS;
type Cells = Readonly<Record<Column, string>>;

const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());

export class ExtractReader {
  private readonly positions: ReadonlyMap<Column, number>;

  constructor(header: string) {
    const labels = cellsOf(header.replace(/^\uFEFF/, '')).map(searchable);
    const names = Object.keys(COLUMNS) as Column[];
    const missing = names.filter((name) => !labels.includes(searchable(COLUMNS[name])));
    if (missing.length > 0) {
      const named = missing.map((name) => `« ${COLUMNS[name]} »`).join(', ');
      throw new Error(`The extract has no column ${named}.`);
    }
    this.positions = new Map(
      names.map((name) => [name, labels.indexOf(searchable(COLUMNS[name]))]),
    );
  }

  /** Null for a row that names nobody usable. */
  read(line: string): PractitionerActivity | null {
    const cells = this.cells(line);
    const nationalId = NationalId.safeParse(cells.nationalId);
    const name = `${cells.givenName} ${cells.familyName}`.trim();
    if (!nationalId.success || name === '') return null;
    const structure = cells.tradeName || cells.structure;
    const finess = Finess.safeParse(cells.finess);
    const profession = Profession.safeParse(cells.profession);
    return {
      activityId: activityIdOf(cells),
      nationalId: nationalId.data,
      name,
      profession: profession.success ? profession.data : 'other',
      structure,
      finess: finess.success ? finess.data : null,
      town: cells.town,
      search: searchable([name, structure, cells.town].join(' ')),
    };
  }

  private cells(line: string): Cells {
    const cells = cellsOf(line);
    const entries = [...this.positions].map(([name, position]) => [name, cells[position] ?? '']);
    return Object.fromEntries(entries) as Cells;
  }
}

function activityIdOf(cells: Cells): string {
  const { nationalId, profession, mode, structureId, finess } = cells;
  const parts = [nationalId, profession, mode, structureId || finess];
  return createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 22);
}
