/**
 * Invitations: a member vouches for somebody whom the national provider does not know. The link
 * carries the seed of the invitation key in its fragment, which browsers never send; the server
 * knows the public key only, and whoever redeems proves that they hold the seed.
 */
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from './bytes.js';
import { Hash, Instant, type Origin, PersonId, Signature, SigningKey } from './ids.js';
import { type IdentityStatement, InvitationText } from './identity.js';
import { LIMITS } from './limits.js';
import { Line } from './line.js';
import { PasskeyOptions, PasskeyRegistration } from './passkey.js';
import { route } from './route.js';
import { SessionReply } from './session.js';

/** The address to hand over. The fragment is the 32-byte seed of the invitation's Ed25519 key. */
export function invitationLink(origin: Origin, seed: Uint8Array): string {
  return `${origin}/invitation#${toBase64Url(seed)}`;
}

/** The seed in a link, or null when the text holds none. */
export function seedOfInvitation(link: string): Uint8Array | null {
  const seed = Hash.safeParse(link.slice(link.indexOf('#') + 1).trim());
  return seed.success ? fromBase64Url(seed.data) : null;
}

/**
 * Whether a genesis stands within its invitation's time, by the clocks of both devices, give or
 * take a skew. Server and readers ask the same: a log that the one took and the others refuse can
 * never be mended. What comes after the genesis is not bound to it: an invitation ends, a person
 * stays.
 */
export function isInvitedThen(
  { at, until }: InvitationText,
  statement: IdentityStatement,
): boolean {
  const skew = LIMITS.clockSkewMs.value;
  if (statement.n > 0) return true;
  return at - skew <= statement.at && statement.at <= until + skew;
}

export const InvitationState = z.enum(['open', 'redeemed', 'expired', 'withdrawn']);
export type InvitationState = z.infer<typeof InvitationState>;

const PersonName = Line.min(1);

/** What the inviter sees of theirs. */
export const SentInvitation = z.strictObject({
  key: SigningKey,
  name: PersonName,
  role: InvitationText.shape.role,
  until: Instant,
  state: InvitationState,
});
export type SentInvitation = z.infer<typeof SentInvitation>;

/** What the holder of a link sees before accepting. An operator's invitation has no inviter. */
export const OpenInvitation = z.strictObject({
  name: PersonName,
  role: InvitationText.shape.role,
  until: Instant,
  inviter: z.strictObject({ person: PersonId, name: z.string() }).nullable(),
});
export type OpenInvitation = z.infer<typeof OpenInvitation>;

const KeyParams = z.strictObject({ key: SigningKey });
const SentReply = z.strictObject({ invitations: z.array(SentInvitation) });

export const INVITATION_ROUTES = {
  invite: route({
    name: 'invite',
    method: 'POST',
    path: '/api/invitations',
    access: 'person',
    summary: 'Records an invitation that the caller’s device signed; the name is what others read.',
    body: z.strictObject({
      /** Canonical InvitationText and the device's signature (`invitationSigned`). */
      text: z.string().max(4096),
      signature: Signature,
      name: PersonName,
    }),
    reply: SentReply,
    errors: ['request_invalid', 'origin_mismatch', 'not_allowed', 'too_many_requests'],
  }),
  invitations: route({
    name: 'invitations',
    method: 'GET',
    path: '/api/invitations',
    access: 'person',
    summary: 'The invitations that the caller made, newest first.',
    reply: SentReply,
  }),
  withdrawInvitation: route({
    name: 'withdrawInvitation',
    method: 'DELETE',
    path: '/api/invitations/:key',
    access: 'person',
    summary: 'Takes back an invitation that nobody has redeemed.',
    params: KeyParams,
    reply: SentReply,
    errors: ['invitation_unknown'],
  }),
  openInvitation: route({
    name: 'openInvitation',
    method: 'GET',
    path: '/api/invitations/:key',
    access: 'anybody',
    summary: 'What an invitation says, for the holder of its link.',
    params: KeyParams,
    reply: OpenInvitation,
    errors: ['invitation_unknown', 'too_many_requests'],
  }),
  redeemOptions: route({
    name: 'redeemOptions',
    method: 'POST',
    path: '/api/invitations/:key/options',
    access: 'anybody',
    summary: 'What the browser needs to make the passkey of an invited person.',
    params: KeyParams,
    reply: z.strictObject({ options: PasskeyOptions }),
    errors: ['invitation_unknown', 'too_many_requests'],
  }),
  redeemInvitation: route({
    name: 'redeemInvitation',
    method: 'POST',
    path: '/api/invitations/:key/redemption',
    access: 'anybody',
    summary: 'Makes the invited person’s account with its first passkey, and signs them in.',
    params: KeyParams,
    body: z.strictObject({
      answer: PasskeyRegistration,
      /** The invitation key's signature over the challenge (`redemptionSigned`). */
      proof: Signature,
    }),
    reply: SessionReply,
    errors: ['invitation_unknown', 'passkey_refused', 'signature_invalid', 'too_many_requests'],
  }),
} as const;
