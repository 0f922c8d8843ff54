/**
 * Why: several API processes tell each other what to push by PostgreSQL notifications, which carry
 * at most 8,000 bytes; a longer packet waits in this table for the others to fetch it, and is
 * removed by them after a few seconds. It holds sealed bytes and ids only.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSocketAttachments1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE socket_io_attachments (
        id bigserial PRIMARY KEY,
        created_at timestamptz NOT NULL DEFAULT now(),
        payload bytea
      )`);
    await runner.query(
      'CREATE INDEX socket_io_attachments_by_age ON socket_io_attachments (created_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE socket_io_attachments');
  }
}
