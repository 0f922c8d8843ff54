/**
 * Why: the server folds each handoff's entries into a row, so that it can refuse what the life of a
 * handoff does not allow and notice what nobody answered. Nothing stands here that entries do not
 * say: `npm run projections:rebuild` empties these tables and fills them again.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE handoffs (
     circle_id text PRIMARY KEY,
     phase text NOT NULL,
     sender text NOT NULL,
     urgency text NOT NULL,
     file_id text NOT NULL,
     sent_at bigint NOT NULL,
     state jsonb NOT NULL
   )`,
  'CREATE INDEX handoffs_by_file ON handoffs (file_id)',
  `CREATE TABLE handoff_addressees (
     circle_id text NOT NULL REFERENCES handoffs ON DELETE CASCADE,
     member_id text NOT NULL,
     phase text NOT NULL,
     due_at bigint NOT NULL,
     late_since bigint,
     PRIMARY KEY (circle_id, member_id)
   )`,
  // The sweeper's whole question: who is due and has neither answered nor been raised.
  `CREATE INDEX handoff_addressees_waiting ON handoff_addressees (due_at)
     WHERE phase = 'offered' AND late_since IS NULL`,
  `CREATE TABLE handoff_tasks (
     circle_id text NOT NULL,
     task_id uuid NOT NULL,
     owner text NOT NULL,
     due_at bigint,
     done_at bigint,
     PRIMARY KEY (circle_id, task_id)
   )`,
];

export class CreateHandoffs1763700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE handoff_tasks, handoff_addressees, handoffs');
  }
}
