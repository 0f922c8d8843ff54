/**
 * Why: sealed files lie in a folder, chunk by chunk; this table says which file belongs to which
 * circle and which chunks have arrived, so that an interrupted upload resumes.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE attachments (
    attachment_id uuid PRIMARY KEY,
    circle_id text COLLATE "C" NOT NULL,
    person_id text COLLATE "C" NOT NULL,
    chunks int4 NOT NULL,
    sealed_bytes int8 NOT NULL,
    opened_at int8 NOT NULL,
    -- When the last chunk arrived; null while some are awaited.
    completed_at int8
  )`,
  'CREATE INDEX attachments_awaited ON attachments (opened_at) WHERE completed_at IS NULL',
  'CREATE INDEX attachments_by_person ON attachments (person_id, opened_at)',
  `CREATE TABLE attachment_chunks (
    attachment_id uuid NOT NULL REFERENCES attachments ON DELETE CASCADE,
    chunk int4 NOT NULL,
    bytes int4 NOT NULL,
    PRIMARY KEY (attachment_id, chunk)
  )`,
];

export class CreateAttachments1763700800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE attachment_chunks');
    await runner.query('DROP TABLE attachments');
  }
}
