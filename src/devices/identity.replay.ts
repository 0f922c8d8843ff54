/**
 * The fold of stored statements. They were verified when they were taken, so a statement that does
 * not fit here means that the database was changed behind the server's back: it stops.
 */
import { parseCanonical } from '@liaison/contract/encoding';
import type { PersonId } from '@liaison/contract/ids';
import { ZERO_HASH } from '@liaison/contract/ids';
import { IdentityStatement } from '@liaison/contract/identity';
import { type IdentityLogState, judgeIdentity } from '@liaison/contract/identity-rules';
import type { StatementRow } from './identity.rows.js';
import type { IdentityView } from './identity.view.js';

/** The view after these rows, which follow one another from the genesis on. */
export function replayRows(person: PersonId, rows: readonly StatementRow[]): IdentityView | null {
  let state: IdentityLogState | null = null;
  let head = { n: -1, h: ZERO_HASH };
  for (const row of rows) {
    const statement = IdentityStatement.parse(parseCanonical(row.text));
    const verdict = judgeIdentity(state, head, statement, person);
    if (!verdict.ok) throw new Error(`Stored identity statement ${row.n} is ${verdict.why}.`);
    state = verdict.state;
    head = { n: row.n, h: row.h };
  }
  return state && { person, head, hashes: rows.map(({ h }) => h), state };
}
