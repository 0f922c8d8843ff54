/**
 * Reads « Extraction_Correspondance_MSSante »: one mailbox of the national trust space a row. The
 * only stable name of a box is its address in small letters.
 */
import { NationalId } from '@liaison/contract/ids';
import { columnsOf } from './extract.columns.js';
import type { RowReader } from './staged.rows.js';

const COLUMNS = [
  { labels: ['Type de BAL', 'Type BAL'], needed: true },
  { labels: ['Adresse BAL'], needed: true },
  { labels: ['Identification nationale PP'], needed: true },
  { labels: ['Identification Structure'], needed: false },
];
const ADDRESS = /^[^\s@|]+@[^\s@|]+\.[^\s@|]+$/;
const ADDRESS_LETTERS = 254;

export function mailboxReader(header: string): RowReader {
  const read = columnsOf(header, COLUMNS);
  return (line) => {
    const cells = read(line);
    if (cells === null) return { refused: 'columns-missing' };
    const [kind = '', written = '', person = '', structure = ''] = cells;
    const address = written.toLowerCase();
    if (address.length > ADDRESS_LETTERS || !ADDRESS.test(address)) {
      return { refused: 'address-unusable' };
    }
    const isPerson = NationalId.safeParse(person).success;
    return { row: [address, kind.toUpperCase(), isPerson ? person : null, structure || null] };
  };
}
