/** Signs a shared post in for an account one of whose devices has just lent it its word. */
import { Problem } from '@liaison/contract/errors';
import type { Uuid } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/database.js';
import { type Account, ACCOUNT_COLUMNS } from './account.js';
import { Sessions } from './sessions.js';

@Injectable()
export class PostSignIn {
  constructor(private readonly sessions: Sessions) {}

  async signIn(on: Transaction, accountId: Uuid, replaced: string | undefined): Promise<string> {
    const [account] = await on.query<Account & Record<string, unknown>>(
      `SELECT ${ACCOUNT_COLUMNS} FROM accounts a WHERE a.account_id = $1`,
      [accountId],
    );
    if (account === undefined) throw new Problem('link_unknown');
    return this.sessions.open(on, account, { means: 'device' }, replaced);
  }
}
