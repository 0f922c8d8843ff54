/** How many circles somebody may be in: whoever begins one more must have room for it. */
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Transaction } from '../platform/database/database.js';
import { begunBy, type Submission } from './submission.js';

const CIRCLES_OF = `
  SELECT count(DISTINCT circle_id)::int4 AS circles FROM effective_members
   WHERE person_id = $1 AND circle_id <> ALL($2)`;

/** What was begun before and is sent again does not count twice. */
export async function mustHaveRoom(on: Transaction, group: readonly Submission[]): Promise<void> {
  for (const { items, owner } of group) {
    const begun = begunBy(items);
    if (begun.length === 0) continue;
    const circles = await circlesOf(on, owner.person, begun);
    if (circles + begun.length > LIMITS.circlesPerPerson.value) {
      throw new Problem('circles_too_many');
    }
  }
}

async function circlesOf(on: Transaction, person: PersonId, apart: readonly string[]) {
  return (await on.query<{ circles: number }>(CIRCLES_OF, [person, apart]))[0]?.circles ?? 0;
}
