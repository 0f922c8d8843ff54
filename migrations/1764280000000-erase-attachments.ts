/**
 * Why: the files of an erased entry are served to nobody from that moment on, and taken off the
 * disk by a worker that may come later. The row remembers what is still to be destroyed.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EraseAttachments1764280000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE attachments ADD COLUMN erased_at int8');
    await runner.query(
      'CREATE INDEX attachments_erased ON attachments (erased_at) WHERE erased_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX attachments_erased');
    await runner.query('ALTER TABLE attachments DROP COLUMN erased_at');
  }
}
