/**
 * Why: every act and every range that was served is kept as a signed record in an append-only tree,
 * whose signed checkpoints make a later rewrite visible. Records hold who, what, when; never
 * content.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE audit_records (
     seq bigint PRIMARY KEY,
     record text NOT NULL,
     salt bytea NOT NULL,
     leaf bytea NOT NULL,
     signature bytea NOT NULL
   )`,
  `CREATE TABLE audit_checkpoints (
     size bigint PRIMARY KEY,
     root bytea NOT NULL,
     note text NOT NULL,
     at bigint NOT NULL
   )`,
  // The tree's right edge: all that is needed to append, one row that appenders lock.
  `CREATE TABLE audit_tree (
     single boolean PRIMARY KEY DEFAULT true CHECK (single),
     size bigint NOT NULL,
     edge bytea[] NOT NULL
   )`,
  "INSERT INTO audit_tree (size, edge) VALUES (0, '{}')",
  `CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'audit records are append-only'; END $$`,
  `CREATE TRIGGER audit_records_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_records
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,
  `CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
     ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,
];

export class CreateAudit1763700600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_tree, audit_checkpoints, audit_records');
    await runner.query('DROP FUNCTION refuse_rewrite');
  }
}
