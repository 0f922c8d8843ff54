/**
 * Reads the Annuaire Santé extract's layout: `|` between columns, a trailing `|`, one row an
 * activity. Columns are found by normalised header, because labels and order vary by release.
 * It never guesses: a column that is asked for and missing is an error that names it.
 */
export type ExtractRow = (header: string) => string;

/** « Numéro FINESS site » and « numero finess  SITE » are the same column. */
function normalise(header: string): string {
  return header
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/’/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function cellsOf(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

export function parseExtract(text: string): ExtractRow[] {
  const [header, ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  if (header === undefined) throw new Error('The extract is empty: it has not even a header.');
  const columns = new Map(cellsOf(header).map((label, index) => [normalise(label), index]));
  return lines.map((line) => {
    const cells = cellsOf(line);
    return (label) => {
      const index = columns.get(normalise(label));
      if (index === undefined) throw new Error(`The extract has no column « ${label} ».`);
      return cells[index] ?? '';
    };
  });
}
