/**
 * The account of a person whom the provider knows by another number now. The former account stays,
 * with its passkeys, sessions and identity; it takes over what the provider says of the new one,
 * and the new one, which has nothing of its own yet, is gone.
 */
import type { Uuid } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/database.js';

const MOVE_SESSIONS = 'UPDATE sessions SET account_id = $2 WHERE account_id = $1';

/** The number is unique: the new account gives it up in the statement that gives it on. */
const TAKE = `
  DELETE FROM accounts WHERE account_id = $1 AND person IS NULL
  RETURNING national_id, family_name, given_name, name, search, certified, fictional, roles`;

const GIVE = `
  UPDATE accounts SET national_id = $2, family_name = $3, given_name = $4, name = $5, search = $6,
    certified = $7, fictional = $8, roles = $9
  WHERE account_id = $1`;

@Injectable()
export class AccountMoves {
  /** `from` has no person: whoever calls this has made sure of it. */
  async takeOver(on: Transaction, from: Uuid, to: Uuid): Promise<void> {
    await on.query(MOVE_SESSIONS, [from, to]);
    const [row] = await on.query<Record<string, unknown>>(TAKE, [from]);
    if (row === undefined) throw new Error('The account of the new number has an identity.');
    const { roles, ...said } = row;
    await on.query(GIVE, [to, ...Object.values(said), JSON.stringify(roles)]);
  }
}
