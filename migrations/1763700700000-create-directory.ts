/**
 * Why: people are found by name, place or structure before anybody knows their key. One row an
 * activity, as the national extract has it; trigrams forgive a slip of the finger. Team and
 * community cards show the names that signed statements claim by their hash only.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  `CREATE TABLE practitioners (
     activity_id text PRIMARY KEY,
     national_id text NOT NULL,
     name text NOT NULL,
     profession text NOT NULL,
     structure text NOT NULL,
     finess text,
     town text NOT NULL,
     search text NOT NULL
   )`,
  'CREATE INDEX practitioners_by_person ON practitioners (national_id)',
  'CREATE INDEX practitioners_by_words ON practitioners USING gin (search gin_trgm_ops)',
  'CREATE INDEX accounts_by_words ON accounts USING gin (search gin_trgm_ops)',
  `CREATE TABLE circle_cards (
     circle_id text PRIMARY KEY,
     name text NOT NULL,
     finess text,
     category text,
     town text NOT NULL,
     given_by text NOT NULL,
     given_at bigint NOT NULL
   )`,
  `CREATE TABLE endorsed_teams (
     community_id text NOT NULL,
     team_id text NOT NULL,
     category text NOT NULL,
     finess text,
     endorsed_k bigint NOT NULL,
     PRIMARY KEY (community_id, team_id)
   )`,
];

export class CreateDirectory1763700700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE endorsed_teams, circle_cards, practitioners');
    await runner.query('DROP INDEX IF EXISTS accounts_by_words');
    await runner.query('DROP EXTENSION IF EXISTS pg_trgm');
  }
}
