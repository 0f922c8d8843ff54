/**
 * Sealed copies of person keys: each generation's copies are exactly those that its statement
 * commits to, and what comes besides may only re-seal a standing generation to a live device.
 */
import { Problem } from '@liaison/contract/errors';
import type { PersonKeyCopy } from '@liaison/contract/identity';
import { type IdentityLogState, keyRecipients } from '@liaison/contract/identity-rules';
import { copyHashed } from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { copiesRoot } from '../platform/hash/copies.tree.js';

const mismatch = (why: string): Problem => new Problem('identity_statement_invalid', why);

/** The copies of a generation that was just begun in `state`, sorted and complete. */
export function checkRotation(state: IdentityLogState, copies: readonly PersonKeyCopy[]): void {
  const key = state.generations.at(-1);
  if (key === undefined) throw mismatch('no generation');
  const own = copies.filter(({ generation }) => generation === key.generation);
  const byRecipient = new Map(own.map((copy) => [copy.recipient as string, copy]));
  const wanted = keyRecipients(state);
  if (byRecipient.size !== own.length) throw mismatch('a copy twice');
  const leaves = wanted.map((recipient) => {
    const copy = byRecipient.get(recipient);
    if (copy === undefined) throw mismatch('a copy is missing');
    return hash(copyHashed(recipient, copy.copy));
  });
  if (copiesRoot(leaves) !== key.copiesRoot) throw mismatch('copies root');
}

/** No copy goes to a stranger, to a revoked device or of a generation that never was. */
export function checkRecipients(state: IdentityLogState, copies: readonly PersonKeyCopy[]): void {
  const recipients = new Set(keyRecipients(state));
  const generations = new Set(state.generations.map(({ generation }) => generation));
  const stray = copies.some(
    (copy) => !recipients.has(copy.recipient) || !generations.has(copy.generation),
  );
  if (stray) throw mismatch('a copy for nobody');
}
