/** What a new device, or a post, has asked and heard so far. */
import type { Hash, PersonId } from '@liaison/contract/ids';
import type { LinkAnswer, LinkAsk } from '@liaison/contract/link';

export interface Asked {
  readonly ask: LinkAsk;
  readonly until: number;
  readonly random: Hash;
  readonly secret: string;
  /** The first answer that came: no other is heard. */
  readonly answer: LinkAnswer | null;
  /** The camera's secret, or the person's eyes, stand for the answer. */
  readonly isAgreed: boolean;
}

/** What a device asked, kept in its store until it is over: a reload goes on with it. */
export const LINK_ASKED = 'link-ask';

export interface LinkAsked extends Asked {
  readonly person: PersonId;
}
