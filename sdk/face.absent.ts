/**
 * The face's part about addressees who have no account yet: named by the sender, told by telephone
 * or on paper, asked to come by a mail that says nothing, and admitted by hand once they are here.
 */
import type { Absentee, HandOver } from '@liaison/contract/absentee';
import type { GuestState, GuestToken } from '@liaison/contract/guest';
import type { CircleId, MemberId, Uuid } from '@liaison/contract/ids';
import type { Opened, PartyView, PersonView } from './face.js';

/** As the sender wrote them down; the address of the mail may stay empty. */
export interface NewAbsentee extends Omit<Absentee, 'guest' | 'tasks'> {
  readonly absentee: Uuid;
}

/** That they were told: a statement of the sender's, and no answer. */
export interface HandOverView {
  readonly by: PersonView;
  readonly said: Opened<HandOver>;
}

/**
 * Who came by the link. That they are the one who was meant, a person must see: their name and
 * number as certified stand beside those that were written down.
 */
export interface ArrivedView {
  readonly person: PersonView;
  /** Whom the handoff would ask: a team of theirs that can be asked, else themselves. */
  readonly party: PartyView;
  /** Null where either number is not known. */
  readonly sameNumber: boolean | null;
}

export interface AbsenteeView {
  readonly absentee: Uuid;
  readonly phase: 'awaited' | 'admitted';
  readonly due: number;
  readonly overdue: boolean;
  readonly who: Opened<Absentee>;
  readonly handedOver: readonly HandOverView[];
  /** Of the mail; null where none was asked for or this device cannot know. */
  readonly invitation: GuestState | 'unsent' | null;
  readonly arrived: ArrivedView | null;
  /** Who is asked in their place. */
  readonly admitted: PartyView | null;
  readonly acts: readonly ('hand-over' | 'admit')[];
}

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
