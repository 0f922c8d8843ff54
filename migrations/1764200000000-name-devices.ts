/**
 * Why: people know their devices by name and by last use. The names are sealed and signed by the
 * owner's devices, so the server keeps a box and its revision; of a use it keeps the hour.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const BOX = `
  CREATE TABLE device_names (
    person_id text COLLATE "C" PRIMARY KEY REFERENCES identity_logs,
    revision int4 NOT NULL,
    generation int4 NOT NULL,
    sealed text COLLATE "C" NOT NULL
  )`;

export class NameDevices1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BOX);
    await runner.query('ALTER TABLE devices ADD COLUMN used_at int8');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE devices DROP COLUMN used_at');
    await runner.query('DROP TABLE device_names');
  }
}
