/**
 * Why: people are told in their own hours. A notification carries the instant at which it is told,
 * swept by the database's clock; whoever never said otherwise has the usual hours. What was there
 * before was told already and is not told again.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE notification_settings (
     person_id text PRIMARY KEY,
     settings jsonb NOT NULL,
     updated_at bigint NOT NULL
   )`,
  `ALTER TABLE notifications
     ADD COLUMN urgency text NOT NULL DEFAULT 'routine',
     ADD COLUMN tell_at bigint,
     ADD COLUMN told_at bigint`,
  'UPDATE notifications SET told_at = at',
  'CREATE INDEX notifications_to_tell ON notifications (tell_at) WHERE tell_at IS NOT NULL',
  // How many other things wait besides what the mail leads with.
  'ALTER TABLE mails ADD COLUMN others int NOT NULL DEFAULT 0',
];

const DOWN = [
  'ALTER TABLE mails DROP COLUMN others',
  // A reason that the former version does not know.
  "DELETE FROM notifications WHERE reason = 'stand-in'",
  "DELETE FROM mails WHERE reason = 'stand-in'",
  'DROP INDEX notifications_to_tell',
  'ALTER TABLE notifications DROP COLUMN urgency, DROP COLUMN tell_at, DROP COLUMN told_at',
  'DROP TABLE notification_settings',
];

export class PlanNotifications1764220000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
