/**
 * Why: that something waits must be known on every device of a person and, for those who ask for
 * it, by mail. Nothing here says what: a reason, an opaque id and an instant.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE notifications (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     person_id text NOT NULL,
     reason text NOT NULL,
     circle_id text NOT NULL,
     at bigint NOT NULL,
     read_at bigint
   )`,
  'CREATE INDEX notifications_of_person ON notifications (person_id, at DESC)',
  // What waits already is renewed, not piled up.
  `CREATE UNIQUE INDEX notifications_unread ON notifications (person_id, circle_id, reason)
     WHERE read_at IS NULL`,
  `CREATE TABLE mail_preferences (
     person_id text PRIMARY KEY,
     address text NOT NULL,
     language text NOT NULL
   )`,
  `CREATE TABLE mails (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     person_id text NOT NULL,
     reason text NOT NULL,
     circle_id text NOT NULL,
     at bigint NOT NULL,
     sent_at bigint,
     attempts int NOT NULL DEFAULT 0,
     next_at bigint NOT NULL,
     refusal text
   )`,
  'CREATE INDEX mails_waiting ON mails (next_at) WHERE sent_at IS NULL AND refusal IS NULL',
];

export class CreateNotifications1763700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mails, mail_preferences, notifications');
  }
}
