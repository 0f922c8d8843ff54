/**
 * The face's part about addressees who have no account yet: named by the sender, told by telephone
 * or on paper, asked to come by a mail that says nothing, and admitted by hand once they are here.
 */
import type { HandOver } from '@liaison/contract/absentee';
import type { GuestToken } from '@liaison/contract/guest';
import type { CircleId, MemberId, Uuid } from '@liaison/contract/ids';
import type { NewAbsentee } from './face.js';

export interface AbsentFace {
  /** Somebody without an account is asked as well; they are invited where a mail can reach them. */
  awaitSomebody(id: CircleId, somebody: NewAbsentee, due: number): Promise<void>;
  handOver(id: CircleId, absentee: Uuid, said: HandOver): Promise<void>;
  /** Mails the invitation that did not leave; never a second one. */
  inviteAbsentee(id: CircleId, absentee: Uuid): Promise<void>;
  /** Asks whoever came, or another, in their place: both circles, and the items meant for them. */
  admitFor(id: CircleId, absentee: Uuid, to: MemberId): Promise<void>;
  /** For whoever came by a link, once their identity is made. */
  arriveAsGuest(token: GuestToken): Promise<void>;
}
