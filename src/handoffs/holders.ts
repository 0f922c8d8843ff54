/**
 * Who answers for a team now: the one seam through which calls ask it. A holder whom the team's own
 * circle declares, while they are in it; else everybody of the team.
 */
import { accountableHolder } from '@liaison/contract/holder';
import {
  type CircleId,
  type MemberId,
  memberRef,
  type PersonId,
  personMember,
} from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import type { AppendedItem, EntryRule } from '../circles/entry-rule.js';
import { Database, type Queryable, type Transaction } from '../platform/database/database.js';
import { foldHolding, heldAt } from './holder.rows.js';

@Injectable()
export class Holders implements EntryRule {
  readonly kinds = ['holder.declared'];

  constructor(
    private readonly database: Database,
    private readonly members: CircleMembers,
  ) {}

  apply(on: Transaction, item: AppendedItem): Promise<void> {
    return foldHolding(on, item);
  }

  /** Null: the whole team. */
  async holderOf(
    team: CircleId,
    instant: number,
    on: Queryable = this.database,
  ): Promise<PersonId | null> {
    const holder = accountableHolder(await heldAt(on, team, instant), instant);
    return holder !== null && (await this.members.canRead(holder, team, on)) ? holder : null;
  }

  /** The same members, each team with a holder replaced by the person who holds it. */
  async answering(
    on: Queryable,
    members: readonly MemberId[],
    instant: number,
  ): Promise<MemberId[]> {
    const answering: MemberId[] = [];
    for (const member of members) {
      const ref = memberRef(member);
      const holder = ref.type === 'team' ? await this.holderOf(ref.team, instant, on) : null;
      answering.push(holder === null ? member : personMember(holder));
    }
    return answering;
  }
}
