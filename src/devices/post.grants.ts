/**
 * Letting a shared post in: whether the lease is one that its person's log bears out, now. The
 * clients that will read what the post writes check the same again, from the bytes alone.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { isLeaseLive, leaseText, LeaseText } from '@liaison/contract/lease';
import type { LinkGrant, LinkView } from '@liaison/contract/link';
import { leasedIdHashed, leaseSigned } from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { verifyStrict } from '../platform/signatures/ed25519.js';
import { type IdentityView, isTrueHead, signingKeyOf } from './identity.view.js';

const invalid = (why: string): Problem => new Problem('request_invalid', why);

function termsIn({ ask, answer }: LinkView): LeaseText {
  let value: unknown;
  try {
    value = parseCanonical(answer?.text ?? '');
  } catch (error) {
    throw error instanceof TypeError ? invalid('answer') : error;
  }
  const parsed = LeaseText.safeParse(value);
  if (!parsed.success || ask.wish !== 'post') throw invalid('answer');
  if (parsed.data.key !== ask.signingKey) throw invalid('another key');
  return parsed.data;
}

export function checkGrant(
  link: LinkView,
  grant: LinkGrant,
  view: IdentityView,
  person: PersonId,
  now: number,
): void {
  const terms = termsIn(link);
  const lender = signingKeyOf(view, terms.by);
  if (terms.person !== person || lender === null) throw new Problem('device_unknown', 'lease');
  if (leaseText(terms.origin, person, terms) !== link.answer?.text) throw invalid('lease');
  const said = leaseSigned(terms.origin, person, terms);
  const right = verifyStrict(fromBase64Url(lender), said, fromBase64Url(grant.signature));
  if (!right) throw new Problem('signature_invalid');
  const known = isTrueHead(view, terms.identity) && isLeaseLive(terms, now, view.state);
  if (!known) throw new Problem('lease_over');
  const post: string = hash(leasedIdHashed(terms.key));
  if (grant.copies.some(({ recipient }) => recipient !== post)) throw invalid('a copy for another');
}
