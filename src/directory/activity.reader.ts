/**
 * Reads « PS_LibreAcces_Personne_activite » of the Annuaire Santé, one activity a row. A row that
 * names nobody usable is refused with its reason; nothing of it is guessed.
 */
import { hash as digest } from 'node:crypto';
import { Finess, NationalId } from '@liaison/contract/ids';
import { Profession } from '@liaison/contract/profession';
import { searchable } from '../platform/text/searchable.js';
import { columnsOf } from './extract.columns.js';
import type { RowReader } from './staged.rows.js';

const COLUMNS = {
  nationalId: { labels: ['Identification nationale PP'], needed: true },
  familyName: { labels: ["Nom d'exercice"], needed: true },
  givenName: { labels: ["Prénom d'exercice"], needed: true },
  profession: { labels: ['Code profession'], needed: true },
  professionName: { labels: ['Libellé profession'], needed: false },
  speciality: { labels: ['Code savoir-faire'], needed: false },
  specialityName: { labels: ['Libellé savoir-faire'], needed: false },
  mode: { labels: ['Code mode exercice'], needed: true },
  finess: { labels: ['Numéro FINESS site', 'FINESS site'], needed: true },
  structureId: { labels: ['Identifiant technique de la structure'], needed: true },
  structure: { labels: ['Raison sociale site'], needed: true },
  tradeName: { labels: ['Enseigne commerciale site'], needed: false },
  town: {
    labels: ['Libellé commune (coord. structure)', 'Libellé commune coordonnées structure'],
    needed: true,
  },
  phone: { labels: ['Téléphone (coord. structure)'], needed: false },
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];

/** What UTF-8 reads where bytes are none. */
const NO_TEXT = '\uFFFD';
const ID_LETTERS = 22;

export function activityReader(header: string): RowReader {
  const read = columnsOf(header, Object.values(COLUMNS));
  return (line) => {
    const cells = read(line);
    if (cells === null) return { refused: 'columns-missing' };
    return staged(Object.fromEntries(NAMES.map((name, at) => [name, cells[at] ?? ''])) as Cells);
  };
}

type Cells = Readonly<Record<Column, string>>;

function staged(cells: Cells): ReturnType<RowReader> {
  const name = `${cells.givenName} ${cells.familyName}`.trim();
  if (!NationalId.safeParse(cells.nationalId).success) return { refused: 'national-id-unusable' };
  if (name === '') return { refused: 'name-missing' };
  if (name.includes(NO_TEXT)) return { refused: 'not-utf8' };
  const structure = cells.tradeName || cells.structure;
  const profession = Profession.safeParse(cells.profession);
  return {
    row: [
      activityIdOf(cells),
      cells.nationalId,
      name,
      profession.success ? profession.data : 'other',
      cells.speciality,
      structure,
      Finess.safeParse(cells.finess).success ? cells.finess : null,
      cells.town,
      cells.phone,
      wordsOf([name, structure, cells.town, cells.professionName, cells.specialityName]),
    ],
  };
}

/** Each word once, as an array of PostgreSQL: letters and digits, so a quote is never inside. */
function wordsOf(texts: readonly string[]): string {
  return `{"${[...new Set(searchable(texts.join(' ')).split(' '))].join('","')}"}`;
}

function activityIdOf({ nationalId, profession, mode, structureId, finess }: Cells): string {
  const key = [nationalId, profession, mode, structureId || finess].join('|');
  return digest('sha256', key, 'base64url').slice(0, ID_LETTERS);
}
