/**
 * What a device that asks to be linked and a post that asks for a lease do alike: begin, look, and
 * show how it stands. It must never believe an answer: that is the matter of whoever asked.
 */
import { Problem } from '@liaison/contract/errors';
import { LINK_ROUTES, linkAddress, type LinkAsk, type LinkView } from '@liaison/contract/link';
import { freshLinkSecret, linkCommitment, linkDigits, newLinkCode } from '../crypto/link.js';
import { randomText } from '../crypto/random.js';
import type { LinkAskView } from '../face.devices.js';
import type { Ground } from '../ground.js';
import type { Vault } from '../vault.js';
import type { Asked } from './link.asked.js';

/** Tells the server of a fresh code and of the commitment to this device's keys. */
export async function askFor(ground: Ground, vault: Vault, wish: LinkAsk['wish']): Promise<Asked> {
  const { signingKey, sealingKey } = vault.device().keys;
  const random = randomText();
  const keys = { wish, code: newLinkCode(), signingKey, sealingKey };
  const ask = { ...keys, commitment: linkCommitment(ground.origin, keys, random) };
  const { link } = await ground.api.call(LINK_ROUTES.askLink, { body: ask });
  const secret = freshLinkSecret();
  return { ask, until: link.until, random, secret, answer: null, isAgreed: false };
}

/** What both sides have said so far; null where the code is over. */
export async function readLink(ground: Ground, { ask }: Asked): Promise<LinkView | null> {
  try {
    const params = { code: ask.code };
    return (await ground.api.call(LINK_ROUTES.link, { params })).link;
  } catch (error) {
    if (error instanceof Problem && error.code === 'link_unknown') return null;
    throw error;
  }
}

export function viewOf({ origin }: Ground, asked: Asked): LinkAskView {
  const { ask, answer, random, isAgreed, secret, until } = asked;
  const { code, commitment } = ask;
  return {
    state: answer === null ? 'waiting' : isAgreed ? 'granting' : 'compare',
    code,
    address: linkAddress(origin, { code, commitment, secret }),
    digits: answer === null ? null : linkDigits(commitment, answer, random),
    until,
  };
}
