/**
 * Guests: people whom a team asks to come, by a mail that says so and nothing else. The server
 * knows a team, an address until the mail has left, and later who came; never for what. Whoever
 * comes signs in by the national provider as everybody does: this is no voucher and lets nobody in.
 */
import { z } from 'zod';
import { fromBase64Url } from './bytes.js';
import { CircleId, Hash, Instant, type Origin, PersonId, Uuid } from './ids.js';
import { route } from './route.js';

/** What the mail's link carries in its fragment, which browsers never send. */
export const GuestToken = Hash;
export type GuestToken = z.infer<typeof GuestToken>;

export function guestLink(origin: Origin, token: GuestToken): string {
  return `${origin}/bienvenue#${token}`;
}

/** The token in the fragment of an address, or null where there is none. */
export function tokenOfGuestLink(fragment: string): GuestToken | null {
  return GuestToken.safeParse(fragment.replace(/^#/, '')).data ?? null;
}

/** What is kept of a token: whoever reads the table cannot come in somebody's place. */
export function guestTokenBytes(token: GuestToken): Uint8Array {
  return fromBase64Url(token);
}

export const GuestState = z.enum(['invited', 'arrived', 'expired']);
export type GuestState = z.infer<typeof GuestState>;

/** What a team sees of whom it asked to come. The address is nobody's to read again. */
export const Guest = z.strictObject({
  guest: Uuid,
  team: CircleId,
  at: Instant,
  until: Instant,
  state: GuestState,
  /** Who came by the link: who that is, their own log says. */
  person: PersonId.nullable(),
});
export type Guest = z.infer<typeof Guest>;

const GuestsReply = z.strictObject({ guests: z.array(Guest) });

export const GUEST_ROUTES = {
  inviteGuest: route({
    name: 'inviteGuest',
    method: 'POST',
    path: '/api/guests',
    access: 'person',
    summary:
      'Mails somebody, content-free, that a team awaits them; the answer never says who is known.',
    body: z.strictObject({
      /** The caller’s own name for it: the same one again mails nothing more. */
      guest: Uuid,
      team: CircleId,
      address: z.string().max(254),
      language: z.enum(['fr', 'en']),
    }),
    reply: GuestsReply,
    errors: ['circle_unknown', 'address_invalid', 'too_many_requests'],
  }),
  guests: route({
    name: 'guests',
    method: 'GET',
    path: '/api/guests',
    access: 'person',
    summary: 'Whom the caller’s teams asked to come, and who came, newest first.',
    reply: GuestsReply,
  }),
  arriveAsGuest: route({
    name: 'arriveAsGuest',
    method: 'POST',
    path: '/api/guests/arrival',
    access: 'person',
    summary: 'Says that the caller came by a link: the team is told, and admits them or not.',
    body: z.strictObject({ token: GuestToken }),
    reply: z.strictObject({ team: CircleId }),
    errors: ['invitation_unknown'],
  }),
} as const;
