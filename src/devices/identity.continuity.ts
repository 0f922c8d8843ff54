/**
 * Goes on with an identity under the number that the provider now gives. Whoever signs in by a new
 * number gets an account that knows nobody; a device of the former identity says, with that very
 * sign-in behind it, whose it is. It must never move an account that has an identity already.
 */
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import type { WireStatement } from '@liaison/contract/identity';
import { Injectable } from '@nestjs/common';
import { AccountMoves } from '../identity/account.moves.js';
import type { Transaction } from '../platform/database/database.js';
import { IdentityAppend } from './identity.append.js';
import { lockHead } from './identity.rows.js';
import type { IdentityView } from './identity.view.js';
import type { LogOwner } from './log.owner.js';
import { kindOf } from './statement.checks.js';

@Injectable()
export class IdentityContinuity {
  constructor(
    private readonly identities: IdentityAppend,
    private readonly moves: AccountMoves,
  ) {}

  async go(
    on: Transaction,
    owner: LogOwner,
    person: PersonId,
    statement: WireStatement,
  ): Promise<IdentityView> {
    if (kindOf(statement) !== 'identity.attested') {
      throw new Problem('identity_statement_invalid', 'this goes on with nothing');
    }
    const sent = { statements: [statement], copies: [] };
    if (owner.person === person) return this.identities.append(on, owner, sent);
    if (owner.person !== null) throw new Problem('identity_exists');
    const log = await lockHead(on, person);
    if (log === null) throw new Problem('person_unknown');
    const view = await this.identities.append(on, { ...owner, person }, sent);
    await this.moves.takeOver(on, owner.accountId, log.account);
    return view;
  }
}
