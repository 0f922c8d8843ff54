/**
 * Linking a new device, or a shared post, from a signed-in one (docs/protocol.md, "Linking"). The
 * server only carries what both say, for minutes; a short code compared by eye, or the code that
 * the camera reads, shows whether it carried it faithfully.
 */
import { z } from 'zod';
import { toBase64Url } from './bytes.js';
import { Hash, Instant, type Origin, SealingKey, Signature, SigningKey } from './ids.js';
import { PersonKeyCopy } from './identity.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';
import { SessionReply } from './session.js';

/** Letters and digits that nobody mistakes for one another when reading from one screen to type. */
export const LINK_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const LINK_CODE_LETTERS = 8;

/** Where the two devices meet. It opens nothing: whoever guesses one can only get in the way. */
export const LinkCode = z
  .string()
  .regex(new RegExp(`^[${LINK_ALPHABET}]{${String(LINK_CODE_LETTERS)}}$`))
  .brand('LinkCode');
export type LinkCode = z.infer<typeof LinkCode>;

/** What it asks to become: one more device of its person, or a shared post for some hours. */
export const LinkWish = z.enum(['device', 'post']);
export type LinkWish = z.infer<typeof LinkWish>;

/** The new device's keys, and the commitment to its random part (`linkCommitted`). */
export const LinkAsk = z.strictObject({
  wish: LinkWish,
  code: LinkCode,
  signingKey: SigningKey,
  sealingKey: SealingKey,
  commitment: Hash,
});
export type LinkAsk = z.infer<typeof LinkAsk>;

/** The signed-in device's answer: the statement that would let the new one in, not yet signed. */
export const LinkAnswer = z.strictObject({
  /**
   * Canonical text with the keys of the ask: the IdentityStatement `device.added`, or the lease of
   * a post.
   */
  text: z.string().max(8192),
  random: Hash,
  /** Only where the camera read the code: `linkMacked` under its secret. */
  mac: Hash.nullable(),
});
export type LinkAnswer = z.infer<typeof LinkAnswer>;

/** What was held back until the answer; a device's possession signature (a post shows it later). */
export const LinkReveal = z.strictObject({ random: Hash, possession: Signature.nullable() });
export type LinkReveal = z.infer<typeof LinkReveal>;

/** For a post: the lease's signature, and the person's keys sealed to the key of the ask. */
export const LinkGrant = z.strictObject({
  signature: Signature,
  copies: z.array(PersonKeyCopy).max(LIMITS.devicesPerPerson.value * 4),
});
export type LinkGrant = z.infer<typeof LinkGrant>;

export const LinkView = z.strictObject({
  ask: LinkAsk,
  askedAt: Instant,
  until: Instant,
  answer: LinkAnswer.nullable(),
  reveal: LinkReveal.nullable(),
  grant: LinkGrant.nullable(),
  ended: z.enum(['granted', 'refused']).nullable(),
});
export type LinkView = z.infer<typeof LinkView>;

const SECRET_BYTES = 16;
const Secret = z.base64url().length(Math.ceil((SECRET_BYTES * 8) / 6));

/** What the camera reads: where to meet, what to expect, and a secret the server never has. */
export const LinkCard = z.strictObject({ code: LinkCode, commitment: Hash, secret: Secret });
export type LinkCard = z.infer<typeof LinkCard>;

/** The card as an address, so that any camera opens the app; fragments never reach a server. */
export function linkAddress(origin: Origin, { code, commitment, secret }: LinkCard): string {
  return `${origin}/relier#${code}.${commitment}.${secret}`;
}

/** The card in an address of ours, or null. */
export function linkCardIn(origin: Origin, text: string): LinkCard | null {
  const start = `${origin}/relier#`;
  if (!text.startsWith(start)) return null;
  const [code, commitment, secret, ...rest] = text.slice(start.length).split('.');
  const card = LinkCard.safeParse({ code, commitment, secret });
  return card.success && rest.length === 0 ? card.data : null;
}

/** A code as somebody typed it: in any case, with spaces or dashes; null where it is none. */
export function typedLinkCode(text: string): LinkCode | null {
  const code = LinkCode.safeParse(text.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  return code.success ? code.data : null;
}

/** A fresh code of random bytes: each letter is as likely, since bytes beyond are passed over. */
export function linkCodeOf(random: Uint8Array): LinkCode | null {
  const end = 256 - (256 % LINK_ALPHABET.length);
  const letters = [...random].filter((byte) => byte < end).slice(0, LINK_CODE_LETTERS);
  const text = letters.map((byte) => LINK_ALPHABET[byte % LINK_ALPHABET.length]).join('');
  const code = LinkCode.safeParse(text);
  return code.success ? code.data : null;
}

export function newLinkSecret(random: Uint8Array): string {
  return toBase64Url(random.slice(0, SECRET_BYTES));
}

const CodeParams = z.strictObject({ code: LinkCode });
const LinkReply = z.strictObject({ link: LinkView });

export const LINK_ROUTES = {
  askLink: route({
    name: 'askLink',
    method: 'POST',
    path: '/api/links',
    access: 'anybody',
    summary:
      'A new device of the caller, or a post that nobody is signed in at, asks to be let in.',
    body: LinkAsk,
    reply: LinkReply,
    errors: ['key_invalid', 'link_unknown', 'identity_needed', 'too_many_requests'],
  }),
  link: route({
    name: 'link',
    method: 'GET',
    path: '/api/links/:code',
    access: 'anybody',
    summary: 'What both devices have said so far.',
    params: CodeParams,
    reply: LinkReply,
    errors: ['link_unknown'],
  }),
  answerLink: route({
    name: 'answerLink',
    method: 'PUT',
    path: '/api/links/:code/answer',
    access: 'person',
    summary: 'A signed-in device answers, once, with the statement that it would sign.',
    params: CodeParams,
    body: LinkAnswer,
    reply: LinkReply,
    errors: ['link_unknown'],
  }),
  revealLink: route({
    name: 'revealLink',
    method: 'PUT',
    path: '/api/links/:code/reveal',
    access: 'anybody',
    summary: 'The new device opens its commitment, once, after the answer.',
    params: CodeParams,
    body: LinkReveal,
    reply: LinkReply,
    errors: ['link_unknown', 'link_mismatch'],
  }),
  endLink: route({
    name: 'endLink',
    method: 'PUT',
    path: '/api/links/:code/end',
    access: 'anybody',
    summary: 'Either device says how it ended; a post is let in by its grant.',
    params: CodeParams,
    body: z.strictObject({ ended: z.enum(['granted', 'refused']) }),
    reply: LinkReply,
    errors: ['link_unknown'],
  }),
  grantLink: route({
    name: 'grantLink',
    method: 'PUT',
    path: '/api/links/:code/grant',
    access: 'person',
    summary: 'Whoever answered a post lends it their word, and the keys to read with.',
    params: CodeParams,
    body: LinkGrant,
    reply: LinkReply,
    errors: ['link_unknown', 'signature_invalid', 'lease_over', 'request_invalid'],
  }),
  claimLink: route({
    name: 'claimLink',
    method: 'POST',
    path: '/api/links/:code/session',
    access: 'anybody',
    summary: 'Signs a post in that was let in, once, by a signature of its key.',
    params: CodeParams,
    /** The post's signature (`linkClaimed`). */
    body: z.strictObject({ signature: Signature }),
    reply: SessionReply,
    errors: ['link_unknown', 'signature_invalid', 'too_many_requests'],
  }),
} as const;
