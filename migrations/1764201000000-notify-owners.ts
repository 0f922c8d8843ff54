/**
 * Why: that somebody's devices changed is about no circle. Such a notice has none, and waits once
 * like any other. On the way back these notices go: their reader finds the same in their own log.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UNREAD = `
  CREATE UNIQUE INDEX notifications_unread ON notifications (person_id, circle_id, reason)`;

export class NotifyOwners1764201000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['notifications', 'mails']) {
      await runner.query(`ALTER TABLE ${table} ALTER COLUMN circle_id DROP NOT NULL`);
    }
    await runner.query('DROP INDEX notifications_unread');
    await runner.query(`${UNREAD} NULLS NOT DISTINCT WHERE read_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notifications_unread');
    for (const table of ['notifications', 'mails']) {
      await runner.query(`DELETE FROM ${table} WHERE circle_id IS NULL`);
      await runner.query(`ALTER TABLE ${table} ALTER COLUMN circle_id SET NOT NULL`);
    }
    await runner.query(`${UNREAD} WHERE read_at IS NULL`);
  }
}
