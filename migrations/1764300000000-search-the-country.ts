/**
 * Why: the national directory has 1.9 million rows. Trigrams over whole rows took minutes to build
 * and a common name took long to find; trigrams over the few hundred thousand words that occur, and
 * the rows of each word, take seconds and milliseconds. An import fills a table beside the one that
 * is searched, goes on where it was stopped, and says what it set aside.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE practitioners ADD COLUMN speciality text NOT NULL DEFAULT '',
     ADD COLUMN phone text NOT NULL DEFAULT '', ADD COLUMN words text[] NOT NULL DEFAULT '{}'`,
  "UPDATE practitioners SET words = string_to_array(search, ' ')",
  'ALTER TABLE practitioners DROP COLUMN search',
  'CREATE INDEX practitioners_by_words ON practitioners USING gin (words)',
  'CREATE TABLE directory_words (word text PRIMARY KEY, rows int NOT NULL)',
  `INSERT INTO directory_words
   SELECT word, count(*) FROM practitioners, unnest(words) word WHERE word <> '' GROUP BY word`,
  'CREATE INDEX directory_words_by_likeness ON directory_words USING gin (word gin_trgm_ops)',
  'CREATE INDEX directory_words_by_start ON directory_words (word text_pattern_ops)',
  `CREATE TABLE mailboxes (
     address text PRIMARY KEY,
     kind text NOT NULL,
     national_id text,
     structure_id text
   )`,
  'CREATE INDEX mailboxes_by_person ON mailboxes (national_id)',
  `CREATE TABLE directory_imports (
     import_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     source text NOT NULL,
     fingerprint text NOT NULL,
     started_at bigint NOT NULL,
     -- How far the file is read: every row before it stands in the staging table, or was refused.
     bytes_read bigint NOT NULL DEFAULT 0,
     lines_read bigint NOT NULL DEFAULT 0,
     rows_staged bigint NOT NULL DEFAULT 0,
     refused jsonb NOT NULL DEFAULT '{}',
     finished_at bigint,
     report jsonb
   )`,
  // Public data read anew from a file: a crash of the database costs reading it again, no more.
  `CREATE UNLOGGED TABLE directory_rows (
     activity_id text NOT NULL, national_id text NOT NULL, name text NOT NULL,
     profession text NOT NULL, speciality text NOT NULL, structure text NOT NULL, finess text,
     town text NOT NULL, phone text NOT NULL, words text[] NOT NULL
   )`,
  `CREATE UNLOGGED TABLE mailbox_rows (
     address text NOT NULL, kind text NOT NULL, national_id text, structure_id text
   )`,
  `CREATE TABLE directory_refusals (
     import_id bigint NOT NULL,
     line bigint NOT NULL,
     reason text NOT NULL,
     PRIMARY KEY (import_id, line)
   )`,
];

export class SearchTheCountry1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE directory_refusals, mailbox_rows, directory_rows, directory_imports, mailboxes,
       directory_words`,
    );
    await runner.query('DROP INDEX practitioners_by_words');
    await runner.query("ALTER TABLE practitioners ADD COLUMN search text NOT NULL DEFAULT ''");
    await runner.query("UPDATE practitioners SET search = array_to_string(words, ' ')");
    await runner.query(
      'ALTER TABLE practitioners DROP COLUMN speciality, DROP COLUMN phone, DROP COLUMN words',
    );
    await runner.query(
      'CREATE INDEX practitioners_by_words ON practitioners USING gin (search gin_trgm_ops)',
    );
  }
}
