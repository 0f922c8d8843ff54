/**
 * Why: nobody cites an older head of their own identity log than an entry of theirs before it. The
 * statements alone do not say how far entries went, so a process that replayed them took what every
 * client then flagged. Kept as it is for teams.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
  CREATE TABLE circle_identity_floors (
    circle_id text COLLATE "C" NOT NULL,
    person_id text COLLATE "C" NOT NULL,
    n int4 NOT NULL,
    PRIMARY KEY (circle_id, person_id)
  )`;

const FILL = `
  INSERT INTO circle_identity_floors (circle_id, person_id, n)
  SELECT circle_id, header::jsonb ->> 'author', max((header::jsonb -> 'identity' ->> 'n')::int4)
    FROM items WHERE NOT statement GROUP BY 1, 2`;

export class KeepIdentityFloors1764150000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(FILL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE circle_identity_floors');
  }
}
