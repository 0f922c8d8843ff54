/** Who asks to open or continue an identity log: a session’s account, and its person if any. */
import type { PersonId, Uuid } from '@liaison/contract/ids';

export interface LogOwner {
  readonly accountId: Uuid;
  readonly sessionId: Uuid;
  /** Null until the account's log is open. */
  readonly person: PersonId | null;
}
