/**
 * Which teams a community vouches for, folded from its entries as they are appended. Only the
 * community's admins endorse or withdraw.
 */
import { ESTABLISHED, roleOf } from '@liaison/contract/circle-rules';
import { COMMUNITY_KINDS } from '@liaison/contract/community';
import { Problem } from '@liaison/contract/errors';
import { Injectable } from '@nestjs/common';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import type { Transaction } from '../platform/database/database.js';

const ENDORSE = `
  INSERT INTO endorsed_teams (community_id, team_id, category, finess, endorsed_k)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (community_id, team_id) DO UPDATE SET category = excluded.category,
    finess = excluded.finess, endorsed_k = excluded.endorsed_k`;

const WITHDRAW = 'DELETE FROM endorsed_teams WHERE community_id = $1 AND team_id = $2';

/** The append has already established that an author who cites a team is in it. */
function mustBeAdmin({ state, header }: AppendedItem): void {
  if (roleOf(state, header, ESTABLISHED) === 'admin') return;
  throw new Problem('not_allowed', 'only admins of a community endorse teams');
}

@Injectable()
export class EndorsementRule implements EntryRule {
  readonly kinds = ['team.endorsed', 'team.withdrawn'];

  async apply(transaction: Transaction, item: AppendedItem): Promise<void> {
    mustBeAdmin(item);
    const { circle, header, k } = item;
    if (header.kind === 'team.endorsed') {
      const facts = COMMUNITY_KINDS['team.endorsed'].facts.parse(item.facts);
      const { team, category, finess } = facts;
      await transaction.query(ENDORSE, [circle, team, category, finess, k]);
      return;
    }
    const { team } = COMMUNITY_KINDS['team.withdrawn'].facts.parse(item.facts);
    await transaction.query(WITHDRAW, [circle, team]);
  }
}
