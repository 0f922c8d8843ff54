/**
 * Why: how far somebody received or read is no entry. One row for each circle, person and lane
 * holds the last signed word, which only ever moves forward.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLanes1763700220000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lanes (
        circle_id text COLLATE "C" NOT NULL,
        person_id text COLLATE "C" NOT NULL,
        lane text COLLATE "C" NOT NULL,
        k int8 NOT NULL,
        ordinal int8 NOT NULL,
        statement text NOT NULL,
        signature text COLLATE "C" NOT NULL,
        PRIMARY KEY (circle_id, person_id, lane)
      ) WITH (fillfactor = 60)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lanes');
  }
}
