/**
 * Why: a shared post shows its code before anybody is signed in there, so a link may begin without
 * an account; it ends with a grant that the post claims once.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OpenLinksToPosts1763800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What an older server was asked says not what for; it lives for minutes anyway.
    await runner.query('DELETE FROM links');
    await runner.query('ALTER TABLE links ALTER COLUMN account_id DROP NOT NULL');
    await runner.query('ALTER TABLE links ADD COLUMN "grant" jsonb, ADD COLUMN claimed_at int8');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM links');
    await runner.query('ALTER TABLE links DROP COLUMN "grant", DROP COLUMN claimed_at');
    await runner.query('ALTER TABLE links ALTER COLUMN account_id SET NOT NULL');
  }
}
