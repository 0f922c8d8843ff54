/** Who was declared to hold a team's duty, and when: rows folded from the team's own entries. */
import { Problem } from '@liaison/contract/errors';
import { type Holding, holdingOf } from '@liaison/contract/holder';
import { type CircleId, personMember } from '@liaison/contract/ids';
import type { AppendedItem } from '../circles/entry-rule.js';
import type { Queryable, Transaction } from '../platform/database/database.js';

const SAVE = `
  INSERT INTO team_holders (circle_id, k, person_id, from_at, until_at)
  VALUES ($1, $2, $3, $4, $5)`;
const HELD = `
  SELECT person_id AS person, from_at AS "from", until_at AS until FROM team_holders
   WHERE circle_id = $1 AND from_at <= $2 AND until_at > $2 ORDER BY k`;

export async function foldHolding(
  on: Transaction,
  { circle, k, header, state }: AppendedItem,
): Promise<void> {
  const holding = holdingOf(header);
  if (holding === null) throw new Problem('item_invalid', 'facts of holder.declared');
  const { person } = holding;
  if (person !== null && !state.members.has(personMember(person))) {
    throw new Problem('item_invalid', 'a holder is of the team');
  }
  await on.query(SAVE, [circle, k, person, holding.from, holding.until]);
}

/** What holds at that instant, in the order of the team's log. */
export function heldAt(on: Queryable, team: CircleId, instant: number): Promise<Holding[]> {
  return on.query<Holding & Record<string, unknown>>(HELD, [team, instant]);
}
