/**
 * Why: each person has one hash-chained log of devices and keys. The log is the truth; devices and
 * key generations are projections of it that the append path reads, and the sealed copies of
 * person keys lie beside it, useless to the server.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE identity_logs (
    person_id text COLLATE "C" PRIMARY KEY,
    account_id uuid NOT NULL UNIQUE,
    n int4 NOT NULL,
    h text COLLATE "C" NOT NULL
  )`,
  `CREATE TABLE identity_statements (
    person_id text COLLATE "C" NOT NULL REFERENCES identity_logs,
    n int4 NOT NULL,
    h text COLLATE "C" NOT NULL,
    header text NOT NULL,
    signature text COLLATE "C" NOT NULL,
    possession text COLLATE "C",
    attestation jsonb,
    taken_at int8 NOT NULL,
    PRIMARY KEY (person_id, n)
  )`,
  `CREATE TABLE devices (
    person_id text COLLATE "C" NOT NULL REFERENCES identity_logs,
    device_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    signing_key text COLLATE "C" NOT NULL,
    sealing_key text COLLATE "C" NOT NULL,
    added_n int4 NOT NULL,
    revoked_n int4,
    PRIMARY KEY (device_id)
  )`,
  'CREATE INDEX devices_by_person ON devices (person_id)',
  `CREATE TABLE person_keys (
    person_id text COLLATE "C" NOT NULL REFERENCES identity_logs,
    generation int4 NOT NULL,
    public_key text COLLATE "C" NOT NULL,
    key_hash text COLLATE "C" NOT NULL,
    n int4 NOT NULL,
    PRIMARY KEY (person_id, generation)
  )`,
  `CREATE TABLE person_key_copies (
    person_id text COLLATE "C" NOT NULL REFERENCES identity_logs,
    generation int4 NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    copy bytea NOT NULL,
    PRIMARY KEY (person_id, generation, recipient)
  )`,
];

const DROPPED = [
  'person_key_copies',
  'person_keys',
  'devices',
  'identity_statements',
  'identity_logs',
];

export class CreateDevices1763700210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of DROPPED) await runner.query(`DROP TABLE ${table}`);
  }
}
