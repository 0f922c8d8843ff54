/**
 * Linking a new device from a signed-in one (docs/protocol.md, "Linking"). The server only carries
 * what both say, for minutes; a short code compared by eye, or the code that the camera reads,
 * shows whether it carried it faithfully.
 */
import { z } from 'zod';
import { toBase64Url } from './bytes.js';
import { Hash, Instant, type Origin, SealingKey, Signature, SigningKey } from './ids.js';
import { route } from './route.js';

/** Letters and digits that nobody mistakes for one another when reading from one screen to type. */
export const LINK_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const LINK_CODE_LETTERS = 8;

/** Where the two devices meet. It opens nothing: whoever guesses one can only get in the way. */
export const LinkCode = z
  .string()
  .regex(new RegExp(`^[${LINK_ALPHABET}]{${String(LINK_CODE_LETTERS)}}$`))
  .brand('LinkCode');
export type LinkCode = z.infer<typeof LinkCode>;

/** The new device's keys, and the commitment to its random part (`linkCommitted`). */
export const LinkAsk = z.strictObject({
  code: LinkCode,
  signingKey: SigningKey,
  sealingKey: SealingKey,
  commitment: Hash,
});
export type LinkAsk = z.infer<typeof LinkAsk>;

/** The signed-in device's answer: the statement that would let the new one in, not yet signed. */
export const LinkAnswer = z.strictObject({
  /** Canonical IdentityStatement: `device.added` with the keys of the ask. */
  text: z.string().max(8192),
  random: Hash,
  /** Only where the camera read the code: `linkMacked` under its secret. */
  mac: Hash.nullable(),
});
export type LinkAnswer = z.infer<typeof LinkAnswer>;

/** What the new device held back until it had the answer, and its possession signature. */
export const LinkReveal = z.strictObject({ random: Hash, possession: Signature });
export type LinkReveal = z.infer<typeof LinkReveal>;

export const LinkView = z.strictObject({
  ask: LinkAsk,
  askedAt: Instant,
  until: Instant,
  answer: LinkAnswer.nullable(),
  reveal: LinkReveal.nullable(),
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
    access: 'person',
    summary: 'A new device of the caller asks to be linked by another of their devices.',
    body: LinkAsk,
    reply: LinkReply,
    errors: ['key_invalid', 'link_unknown', 'too_many_requests'],
  }),
  link: route({
    name: 'link',
    method: 'GET',
    path: '/api/links/:code',
    access: 'person',
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
    access: 'person',
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
    access: 'person',
    summary: 'Either device says how it ended: linked, or not.',
    params: CodeParams,
    body: z.strictObject({ ended: z.enum(['granted', 'refused']) }),
    reply: LinkReply,
    errors: ['link_unknown'],
  }),
} as const;
