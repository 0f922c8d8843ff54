/** Statements of one's own identity log that travel inside a submission, with its items. */
import type { PersonKeyCopy, WireStatement } from '@liaison/contract/identity';

export interface IdentityAct {
  readonly statements: readonly WireStatement[];
  readonly copies: readonly PersonKeyCopy[];
}
