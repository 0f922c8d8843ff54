/**
 * Who has an account: somebody whom the national provider named, or somebody whom a member or the
 * operator vouched for. An account is no proof of anything: proofs stand in identity logs.
 */
import type { NationalId, PersonId, Uuid } from '@liaison/contract/ids';
import type { SessionRole, Voucher } from '@liaison/contract/session';

export interface Account {
  readonly accountId: Uuid;
  /** Null for people without the provider; then `voucher` is set. */
  readonly nationalId: NationalId | null;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly name: string;
  readonly certified: boolean;
  readonly fictional: boolean;
  readonly roles: readonly SessionRole[];
  readonly voucher: Voucher | null;
  readonly person: PersonId | null;
  readonly createdAt: number;
}

/** Columns of `accounts` as an `Account`, for any statement that joins it as `a`. */
export const ACCOUNT_COLUMNS = `
  a.account_id AS "accountId", a.national_id AS "nationalId", a.family_name AS "familyName",
  a.given_name AS "givenName", a.name, a.certified, a.fictional, a.roles, a.voucher, a.person,
  a.created_at AS "createdAt"`;

/** The same as one JSON value, beside another table's columns; it is only read out: no `jsonb`. */
export const ACCOUNT_JSON = `
  json_build_object('accountId', a.account_id, 'nationalId', a.national_id,
    'familyName', a.family_name, 'givenName', a.given_name, 'name', a.name,
    'certified', a.certified, 'fictional', a.fictional, 'roles', a.roles, 'voucher', a.voucher,
    'person', a.person, 'createdAt', a.created_at) AS account`;
