/**
 * Why: people sign in before they have any key, so the server keeps who they are (the provider's
 * claims, or who vouched for them), their passkeys and their sessions. Tokens are kept as hashes;
 * the provider's own token stays a few minutes, until the client has embedded it where it belongs.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCOUNTS = [
  `CREATE TABLE accounts (
     account_id uuid PRIMARY KEY,
     national_id text UNIQUE,
     family_name text,
     given_name text,
     name text NOT NULL,
     -- The name without case and accents, as the directory searches it.
     search text NOT NULL,
     certified boolean NOT NULL,
     fictional boolean NOT NULL,
     roles jsonb NOT NULL,
     voucher jsonb,
     person text UNIQUE,
     created_at bigint NOT NULL
   )`,
  `CREATE TABLE passkeys (
     passkey_id uuid PRIMARY KEY,
     account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
     credential text NOT NULL UNIQUE,
     public_key bytea NOT NULL,
     counter bigint NOT NULL,
     transports text[] NOT NULL,
     synced boolean NOT NULL,
     created_at bigint NOT NULL,
     used_at bigint
   )`,
  'CREATE INDEX passkeys_by_account ON passkeys (account_id)',
];

const SESSIONS = [
  `CREATE TABLE sessions (
     session_id uuid PRIMARY KEY,
     account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
     token_hash bytea NOT NULL UNIQUE,
     -- The token before a change of role, for requests that were already on their way.
     former_hash bytea UNIQUE,
     former_until bigint NOT NULL,
     means text NOT NULL,
     role text,
     created_at bigint NOT NULL,
     seen_at bigint NOT NULL,
     ends_at bigint NOT NULL,
     locked_at bigint,
     id_token text,
     nonce text,
     challenge text,
     challenge_until bigint NOT NULL
   )`,
  'CREATE INDEX sessions_by_account ON sessions (account_id, created_at)',
  'CREATE INDEX sessions_by_end ON sessions (ends_at)',
  `CREATE TABLE sign_in_attempts (
     attempt_hash bytea PRIMARY KEY,
     kind text NOT NULL,
     detail jsonb NOT NULL,
     until bigint NOT NULL
   )`,
  'CREATE INDEX sign_in_attempts_by_end ON sign_in_attempts (until)',
  `CREATE TABLE invitations (
     key text PRIMARY KEY,
     inviter text,
     inviter_account uuid REFERENCES accounts ON DELETE SET NULL,
     text text,
     signature text,
     name text NOT NULL,
     role text NOT NULL,
     created_at bigint NOT NULL,
     until bigint NOT NULL,
     withdrawn_at bigint,
     redeemed_by uuid REFERENCES accounts
   )`,
  'CREATE INDEX invitations_by_inviter ON invitations (inviter_account, created_at)',
];

export class CreateAccounts1763700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ACCOUNTS, ...SESSIONS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE invitations, sign_in_attempts, sessions, passkeys, accounts CASCADE',
    );
  }
}
