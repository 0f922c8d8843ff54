/** The passkeys of accounts: how they are kept, proven and forgotten. Public halves only. */
import { randomUUID } from 'node:crypto';
import { Problem } from '@liaison/contract/errors';
import type { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type {
  PasskeyAssertion,
  PasskeyRegistration,
  PasskeySummary,
} from '@liaison/contract/passkey';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Database, type Queryable } from '../platform/database/database.js';
import type { Account } from './account.js';
import { type Credential, type NewCredential, PasskeyCeremonies } from './passkey.ceremonies.js';

interface PasskeyRow extends Credential, PasskeySummary, Record<string, unknown> {
  readonly accountId: Uuid;
}

const COLUMNS = `passkey_id AS passkey, account_id AS "accountId", credential,
  public_key AS "publicKey", counter, transports, synced, created_at AS "createdAt",
  used_at AS "usedAt"`;

const INSERT = `
  INSERT INTO passkeys (passkey_id, account_id, credential, public_key, counter, transports, synced,
    created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING RETURNING 1`;

@Injectable()
export class Passkeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ceremonies: PasskeyCeremonies,
  ) {}

  async list(account: Uuid): Promise<PasskeySummary[]> {
    const rows = await this.of(account);
    return rows.map(({ passkey, createdAt, usedAt, synced }) => ({
      passkey,
      createdAt,
      usedAt,
      synced,
    }));
  }

  async registrationOptions(account: Account) {
    const known = await this.of(account.accountId);
    if (known.length >= LIMITS.passkeysPerAccount.value) {
      throw new Problem('not_allowed', 'passkeysPerAccount');
    }
    return this.ceremonies.registrationOptions(account, known);
  }

  async register(account: Uuid, answer: PasskeyRegistration, challenge: string | null) {
    await this.keep(
      this.database,
      account,
      await this.ceremonies.verifyRegistration(answer, challenge),
    );
  }

  /** One credential belongs to one account, for ever. */
  async keep(queryable: Queryable, account: Uuid, made: NewCredential): Promise<void> {
    const rows = await queryable.query(INSERT, [
      randomUUID(),
      account,
      made.credential,
      made.publicKey,
      made.counter,
      made.transports,
      made.synced,
      this.clock.now(),
    ]);
    if (rows.length === 0) throw new Problem('passkey_refused', 'known already');
  }

  async assertionOptions(account: Uuid | null) {
    return this.ceremonies.assertionOptions(account === null ? [] : await this.of(account));
  }

  /** The account whose passkey answered. With `account`, no other account's passkey will do. */
  async prove(
    answer: PasskeyAssertion,
    challenge: string | null,
    account: Uuid | null,
  ): Promise<Uuid> {
    const [known] = await this.database.query<PasskeyRow>(
      `SELECT ${COLUMNS} FROM passkeys WHERE credential = $1
         AND ($2::uuid IS NULL OR account_id = $2)`,
      [answer.id, account],
    );
    const counter = await this.ceremonies.verifyAssertion(answer, challenge, known);
    if (known === undefined) throw new Problem('passkey_refused', 'unknown');
    await this.database.query(
      'UPDATE passkeys SET counter = $2, used_at = $3 WHERE passkey_id = $1',
      [known.passkey, counter, this.clock.now()],
    );
    return known.accountId;
  }

  /**
   * The last passkey of somebody without the provider is their only way in: it stays. The account
   * is held, or two forgotten at once would each take the other for the one that stays.
   */
  async remove(account: Account, passkey: Uuid): Promise<void> {
    const { accountId, nationalId } = account;
    await this.database.transaction(async (on) => {
      await on.query('SELECT 1 FROM accounts WHERE account_id = $1 FOR UPDATE', [accountId]);
      const known = await this.of(accountId, on);
      if (!known.some((row) => row.passkey === passkey)) throw new Problem('not_found');
      if (nationalId === null && known.length === 1) throw new Problem('not_allowed');
      await on.query('DELETE FROM passkeys WHERE passkey_id = $1', [passkey]);
    });
  }

  private of(account: Uuid, on: Queryable = this.database): Promise<PasskeyRow[]> {
    return on.query<PasskeyRow>(
      `SELECT ${COLUMNS} FROM passkeys WHERE account_id = $1 ORDER BY created_at, passkey_id`,
      [account],
    );
  }
}
