/**
 * Why: an event must become durable with the row that made it true, and reach each room that reacts
 * to it exactly once. One row an event and a room; a claimed row is gone. It holds opaque ids only.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOutbox1763700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        consumer text NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        payload jsonb NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (consumer, id)
      )`);
    // Rows live for seconds: without frequent vacuum a queue table slows its own claims.
    await runner.query(
      'ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox');
  }
}
