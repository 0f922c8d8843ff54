/**
 * Why: a file whose entry never came (refused, given up) stayed for ever. An entry that names a
 * file says so in its row; what was named before is read from the entries.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FILL = `
  UPDATE attachments SET named_at = completed_at WHERE attachment_id::text IN (
    SELECT jsonb_array_elements_text(header::jsonb -> 'facts' -> 'attachments')
      FROM items WHERE NOT statement AND header LIKE '%"attachments":["%')`;

export class NoteNamedAttachments1764210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE attachments ADD COLUMN named_at int8');
    await runner.query(FILL);
    await runner.query(
      `CREATE INDEX attachments_unnamed ON attachments (completed_at)
        WHERE named_at IS NULL AND completed_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX attachments_unnamed');
    await runner.query('ALTER TABLE attachments DROP COLUMN named_at');
  }
}
