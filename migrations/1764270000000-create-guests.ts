/**
 * Why: the addressee of a handoff may have no account. A team asks them to come by one mail; the
 * row remembers the team, the address until the mail has left, and who came. Addresses are counted
 * by their hash, so that no mailbox is filled by strangers.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE guests (
     guest_id uuid PRIMARY KEY,
     team_id text NOT NULL,
     invited_by text NOT NULL,
     at bigint NOT NULL,
     until_at bigint NOT NULL,
     address text,
     address_hash text NOT NULL,
     language text NOT NULL,
     token text,
     token_hash text NOT NULL UNIQUE,
     next_at bigint NOT NULL,
     attempts int NOT NULL DEFAULT 0,
     sent_at bigint,
     refusal text,
     person_id text,
     arrived_at bigint
   )`,
  'CREATE INDEX guests_of_team ON guests (team_id, at DESC)',
  'CREATE INDEX guests_by_address ON guests (address_hash, at)',
  'CREATE INDEX guests_waiting ON guests (next_at) WHERE sent_at IS NULL AND refusal IS NULL',
];

export class CreateGuests1764270000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE guests');
  }
}
