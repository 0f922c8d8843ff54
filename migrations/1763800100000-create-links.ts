/**
 * Why: a new device and a signed-in one of the same person find each other by a short code, and
 * carry a few public values to each other through the server. Rows live for minutes.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLinks1763800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE links (
      code text COLLATE "C" PRIMARY KEY,
      account_id uuid NOT NULL,
      ask jsonb NOT NULL,
      answer jsonb,
      reveal jsonb,
      ended text COLLATE "C",
      asked_at int8 NOT NULL,
      until int8 NOT NULL
    )`);
    await runner.query('CREATE INDEX links_by_account ON links (account_id)');
    await runner.query('CREATE INDEX links_by_until ON links (until)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE links');
  }
}
