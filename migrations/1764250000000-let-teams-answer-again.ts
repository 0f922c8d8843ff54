/** Why: a shift may be given back to the whole team before its end: then nobody is named. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetTeamsAnswerAgain1764250000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE team_holders ALTER COLUMN person_id DROP NOT NULL');
  }

  /** The rows are a projection: a rebuild by the older rules would leave these out as well. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM team_holders WHERE person_id IS NULL');
    await runner.query('ALTER TABLE team_holders ALTER COLUMN person_id SET NOT NULL');
  }
}
