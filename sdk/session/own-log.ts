/** One's own log with statements that nobody has taken yet: what the next one is built on. */
import { Problem } from '@liaison/contract/errors';
import { ZERO_HASH, type PersonId } from '@liaison/contract/ids';
import {
  type IdentityHead,
  IdentityStatement,
  type WireStatement,
} from '@liaison/contract/identity';
import { type IdentityLogState, judgeIdentity } from '@liaison/contract/identity-rules';
import { identityHashed } from '@liaison/contract/signing';
import { hash } from '../crypto/hash.js';
import type { IdentityState } from '../logs/identity-state.js';

/** The head after a statement. */
export function headOf({ text, signature }: WireStatement): IdentityHead {
  const { n } = IdentityStatement.parse(JSON.parse(text));
  return { n, h: hash(identityHashed(text, signature)) };
}

export function foldStatements(
  person: PersonId,
  added: readonly { readonly wire: WireStatement }[],
  from: IdentityState | null = null,
): IdentityLogState {
  let head = from?.head ?? { n: -1, h: ZERO_HASH };
  let state = from?.log ?? null;
  for (const { wire } of added) {
    const statement = IdentityStatement.parse(JSON.parse(wire.text));
    const verdict = judgeIdentity(state, head, statement, person);
    if (!verdict.ok) throw new Problem('identity_statement_invalid', verdict.why);
    state = verdict.state;
    head = headOf(wire);
  }
  if (state === null) throw new Problem('identity_statement_invalid', 'no statement');
  return state;
}
