/**
 * The accounts. The link to a professional is the national identifier, never an e-mail address:
 * whoever the provider names by the same identifier comes back to the same account.
 */
import { randomUUID } from 'node:crypto';
import { type PersonId, Uuid } from '@liaison/contract/ids';
import type { InvitationText } from '@liaison/contract/identity';
import type { Voucher } from '@liaison/contract/session';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { searchable } from '../platform/text/searchable.js';
import { type Account, ACCOUNT_COLUMNS } from './account.js';
import { practiceRole, vouchedRole } from './account.roles.js';
import type { ProviderClaims } from './oidc/provider.claims.js';
import { isFictional } from './provider.facts.js';

export interface VouchedPerson {
  readonly accountId: Uuid;
  readonly name: string;
  readonly role: InvitationText['role'];
  readonly voucher: Voucher;
}

const UPSERT = `
  INSERT INTO accounts AS a (account_id, national_id, family_name, given_name, name, search,
    certified, fictional, roles, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (national_id) DO UPDATE SET family_name = excluded.family_name,
    given_name = excluded.given_name, name = excluded.name, search = excluded.search,
    certified = excluded.certified, fictional = excluded.fictional, roles = excluded.roles
  RETURNING ${ACCOUNT_COLUMNS}`;

const INSERT_VOUCHED = `
  INSERT INTO accounts AS a (account_id, name, search, certified, fictional, roles, voucher,
    created_at)
  VALUES ($1, $2, $3, false, $4, $5, $6, $7) RETURNING ${ACCOUNT_COLUMNS}`;

const BY_PEOPLE = `SELECT ${ACCOUNT_COLUMNS} FROM accounts a WHERE a.person = ANY($1)`;
const BY_NATIONAL_ID = `SELECT ${ACCOUNT_COLUMNS} FROM accounts a WHERE a.national_id = ANY($1)`;

/** The accounts' search follows the directory's: each word there, or nearly. */
const FIND_ENROLLED = `
  SELECT ${ACCOUNT_COLUMNS} FROM accounts a
  WHERE a.person IS NOT NULL AND NOT EXISTS (
    SELECT FROM unnest($1::text[]) w
    WHERE NOT (a.search LIKE '%' || w || '%' OR word_similarity(w, a.search) > $2))
  ORDER BY a.name, a.account_id LIMIT $3`;

function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The account was not written.');
  return row;
}

@Injectable()
export class Accounts {
  private readonly fictional: boolean;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.fictional = isFictional(config);
  }

  /** The account of whoever the provider names, brought up to date with what it says now. */
  async ofProvider(transaction: Transaction, claims: ProviderClaims): Promise<Account> {
    const name = `${claims.givenName} ${claims.familyName}`.trim();
    const rows = await transaction.query<Account & Record<string, unknown>>(UPSERT, [
      randomUUID(),
      claims.nationalId,
      claims.familyName,
      claims.givenName,
      name,
      searchable(name),
      claims.certified,
      this.fictional,
      JSON.stringify(claims.roles.map(practiceRole)),
      this.clock.now(),
    ]);
    return only(rows);
  }

  async vouched(transaction: Transaction, person: VouchedPerson): Promise<Account> {
    const rows = await transaction.query<Account & Record<string, unknown>>(INSERT_VOUCHED, [
      person.accountId,
      person.name,
      searchable(person.name),
      this.fictional,
      JSON.stringify([vouchedRole(person.role)]),
      JSON.stringify(person.voucher),
      this.clock.now(),
    ]);
    return only(rows);
  }

  /**
   * Ties an account to its identity log, once, in the transaction that opens the log. False when
   * the account has a person already.
   */
  async setPerson(transaction: Transaction, account: string, person: PersonId): Promise<boolean> {
    const rows = await transaction.query(
      'UPDATE accounts SET person = $2 WHERE account_id = $1 AND person IS NULL RETURNING 1',
      [account, person],
    );
    return rows.length === 1;
  }

  async ofPeople(people: readonly PersonId[]): Promise<Account[]> {
    return this.database.query<Account & Record<string, unknown>>(BY_PEOPLE, [people]);
  }

  async ofNationalIds(ids: readonly string[]): Promise<Account[]> {
    return this.database.query<Account & Record<string, unknown>>(BY_NATIONAL_ID, [ids]);
  }

  /** People who have an identity log and whose name holds all the words. */
  async findEnrolled(
    words: readonly string[],
    likeness: number,
    limit: number,
  ): Promise<Account[]> {
    return this.database.query<Account & Record<string, unknown>>(FIND_ENROLLED, [
      words,
      likeness,
      limit,
    ]);
  }

  static newId(): Uuid {
    return Uuid.parse(randomUUID());
  }
}
