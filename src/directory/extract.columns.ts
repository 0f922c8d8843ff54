/**
 * Finds the columns of a register's extract by normalised header, never by position: labels and
 * their order vary by release. A needed column that is missing is named in the error; one that is
 * only useful is read as empty.
 */
import { searchable } from '../platform/text/searchable.js';

export interface ColumnSpec {
  /** The label, and others that releases have given it. */
  readonly labels: readonly string[];
  readonly needed: boolean;
}

/** Trimmed cells of the named columns, in the order in which they were asked for. */
export type ReadCells = (line: string) => string[] | null;

const cellsOf = (line: string): string[] => line.split('|');

/**
 * Null for a line with fewer cells than the header (cut short), the trailing separator apart.
 */
export function columnsOf(header: string, specs: readonly ColumnSpec[]): ReadCells {
  const labels = cellsOf(header.replace(/^\uFEFF/, '')).map(searchable);
  const width = labels.at(-1) === '' ? labels.length - 1 : labels.length;
  const places = specs.map((spec) => placeOf(labels, spec));
  const missing = specs.filter((spec, index) => spec.needed && places[index] === -1);
  if (missing.length > 0) {
    const named = missing.map((spec) => `« ${spec.labels[0] ?? ''} »`).join(', ');
    throw new Error(`The extract has no column ${named}.`);
  }
  return (line) => {
    const cells = cellsOf(line);
    if (cells.length < width) return null;
    return places.map((place) => (place === -1 ? '' : (cells[place] ?? '').trim()));
  };
}

function placeOf(labels: readonly string[], spec: ColumnSpec): number {
  for (const label of spec.labels) {
    const place = labels.indexOf(searchable(label));
    if (place !== -1) return place;
  }
  return -1;
}
