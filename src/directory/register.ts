/**
 * The two registers that fill the directory, as data: how a row is read, where it is staged, and
 * which tables are made of the staged rows. Nothing else of an import knows which one it reads.
 */
import { activityReader } from './activity.reader.js';
import { mailboxReader } from './mailbox.reader.js';
import type { RowReader, Staging } from './staged.rows.js';

/** A table that is made whole beside the one in use, and then takes its place. */
export interface PublishedTable {
  readonly name: string;
  readonly key: string;
  readonly columns: readonly string[];
  /** Its rows, from the staging table or from tables before it in the list (named `…_next`). */
  readonly select: string;
  readonly indexes: Readonly<Record<string, string>>;
}

export interface Register {
  readonly staging: Staging;
  /** The first is the register itself: its differences are reported. */
  readonly tables: readonly [PublishedTable, ...PublishedTable[]];
  readerOf(header: string): RowReader;
}

const ACTIVITY = [
  'activity_id',
  'national_id',
  'name',
  'profession',
  'speciality',
  'structure',
  'finess',
  'town',
  'phone',
  'words',
];
const MAILBOX = ['address', 'kind', 'national_id', 'structure_id'];

/** Of rows with one key any may stand, but always the same: a second import finds no change. */
const once = (key: string, columns: readonly string[], table: string): string =>
  `SELECT DISTINCT ON (${key}) ${columns.join(', ')} FROM ${table} ORDER BY ${columns.join(', ')}`;

export const REGISTERS = {
  practitioners: {
    staging: { table: 'directory_rows', columns: ACTIVITY },
    tables: [
      {
        name: 'practitioners',
        key: 'activity_id',
        columns: ACTIVITY,
        select: once('activity_id', ACTIVITY, 'directory_rows'),
        indexes: {
          practitioners_by_person: '(national_id)',
          practitioners_by_words: 'USING gin (words)',
        },
      },
      {
        name: 'directory_words',
        key: 'word',
        columns: ['word', 'rows'],
        select: `SELECT word, count(*) FROM practitioners_next, unnest(words) word GROUP BY word`,
        indexes: {
          directory_words_by_likeness: 'USING gin (word gin_trgm_ops)',
          directory_words_by_start: '(word text_pattern_ops)',
        },
      },
    ],
    readerOf: activityReader,
  },
  mailboxes: {
    staging: { table: 'mailbox_rows', columns: MAILBOX },
    tables: [
      {
        name: 'mailboxes',
        key: 'address',
        columns: MAILBOX,
        select: once('address', MAILBOX, 'mailbox_rows'),
        indexes: { mailboxes_by_person: '(national_id)' },
      },
    ],
    readerOf: mailboxReader,
  },
} as const satisfies Record<string, Register>;
export type RegisterName = keyof typeof REGISTERS;
