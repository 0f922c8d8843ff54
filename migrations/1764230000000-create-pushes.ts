/**
 * Why: whoever lets a browser be woken is told there, and by mail where no browser is reached. A
 * row is one notice of one person; the deployment's own key is made once and shared by processes.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE push_keys (
     only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
     private_key jsonb NOT NULL
   )`,
  `CREATE TABLE push_subscriptions (
     endpoint text PRIMARY KEY,
     person_id text NOT NULL,
     p256dh text NOT NULL,
     auth text NOT NULL,
     language text NOT NULL,
     at bigint NOT NULL
   )`,
  'CREATE INDEX push_subscriptions_of_person ON push_subscriptions (person_id, at DESC)',
  `CREATE TABLE pushes (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     person_id text NOT NULL,
     reason text NOT NULL,
     circle_id text,
     urgency text NOT NULL,
     others int NOT NULL,
     at bigint NOT NULL,
     sent_at bigint,
     attempts int NOT NULL DEFAULT 0,
     next_at bigint NOT NULL,
     refusal text
   )`,
  'CREATE INDEX pushes_waiting ON pushes (next_at) WHERE sent_at IS NULL AND refusal IS NULL',
];

export class CreatePushes1764230000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pushes, push_subscriptions, push_keys');
  }
}
