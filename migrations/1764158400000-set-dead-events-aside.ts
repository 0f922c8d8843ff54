/**
 * Why: one event that a room cannot digest held up all those behind it, for ever. It is tried again
 * a few times, ever later, and then set aside, where an administrator sees it and gives it back.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SetDeadEventsAside1764158400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox ADD COLUMN attempts int4 NOT NULL DEFAULT 0,
                         ADD COLUMN again_at timestamptz`);
    await runner.query(`
      CREATE TABLE dead_events (
        consumer text NOT NULL,
        id bigint NOT NULL,
        payload jsonb NOT NULL,
        recorded_at timestamptz NOT NULL,
        set_aside_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        cause text NOT NULL,
        PRIMARY KEY (consumer, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO outbox (consumer, payload, recorded_at)
      SELECT consumer, payload, recorded_at FROM dead_events`);
    await runner.query('DROP TABLE dead_events');
    await runner.query('ALTER TABLE outbox DROP COLUMN attempts, DROP COLUMN again_at');
  }
}
