/**
 * Wakes people's sockets from any process (a worker that made notifications) through PostgreSQL's
 * own notifications: part of the transaction, so nobody is woken for what was undone.
 */
import { PersonId } from '@liaison/contract/ids';
import type { Transaction } from '../platform/database/database.js';

export const WAKE_CHANNEL = 'liaison_wake';
/** PostgreSQL carries 8,000 bytes a notification; an id is 43 letters and a comma. */
const IDS_AT_ONCE = 150;

export async function wakePeople(transaction: Transaction, people: readonly PersonId[]) {
  for (let from = 0; from < people.length; from += IDS_AT_ONCE) {
    const ids = people.slice(from, from + IDS_AT_ONCE).join(',');
    await transaction.query('SELECT pg_notify($1, $2)', [WAKE_CHANNEL, ids]);
  }
}

/** The people of one notification; foreign text is refused, not guessed. */
export function parseWake(payload: string): PersonId[] {
  return payload.split(',').map((id) => PersonId.parse(id));
}
