/** What a new device has asked and heard so far: kept in its store, so that a reload goes on. */
import type { Hash, PersonId } from '@liaison/contract/ids';
import type { LinkAnswer, LinkAsk } from '@liaison/contract/link';

/** What was asked, until it is over: a reload goes on with it. */
export const LINK_ASKED = 'link-ask';

export interface LinkAsked {
  readonly person: PersonId;
  readonly ask: LinkAsk;
  readonly until: number;
  readonly random: Hash;
  readonly secret: string;
  /** The first answer that came: no other is heard. */
  readonly answer: LinkAnswer | null;
  /** The camera's secret, or the person's eyes, stand for the answer. */
  readonly isAgreed: boolean;
}
