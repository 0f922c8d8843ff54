/**
 * Notifications: that something waits, never what. They, and the mails made of them, carry no
 * name, no content and no patient.
 */
import { z } from 'zod';
import type { Urgency } from './handoff.js';
import { CircleId, Instant, Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

export const AttentionReason = z.enum([
  /** What was sent was a mistake: whoever relies on it must know first. */
  'handoff-recalled',
  'handoff-offered',
  'handoff-answered',
  'handoff-declined',
  'handoff-ended',
  'handoff-late',
  'handoff-taken',
  'item-late',
  'team-late',
  'message-posted',
  'mentioned',
  'device-changed',
  /** Somebody whom the team awaited has an account now. */
  'guest-arrived',
  /** Something waits for somebody whom the reader stands in for; no circle is named. */
  'stand-in',
]);
export type AttentionReason = z.infer<typeof AttentionReason>;

/** What a reason weighs by itself; what was asked urgently weighs more. */
const LEAST_URGENCY: Readonly<Record<AttentionReason, Urgency>> = {
  'handoff-recalled': 'urgent',
  'handoff-offered': 'routine',
  'handoff-answered': 'routine',
  'handoff-declined': 'same-day',
  'handoff-ended': 'same-day',
  // An escalation: whoever works or is on call is told at once.
  'handoff-late': 'urgent',
  'handoff-taken': 'routine',
  'item-late': 'same-day',
  'team-late': 'urgent',
  'message-posted': 'routine',
  mentioned: 'same-day',
  'device-changed': 'urgent',
  'guest-arrived': 'same-day',
  'stand-in': 'routine',
};

const WEIGHTS: Readonly<Record<Urgency, number>> = { routine: 0, 'same-day': 1, urgent: 2 };

/** How urgent it is to tell somebody, given what it is about. */
export function urgencyOf(reason: AttentionReason, asked: Urgency): Urgency {
  const least = LEAST_URGENCY[reason];
  // An answer ends the sender's wait: nobody is interrupted to hear that all is well.
  if (reason === 'handoff-answered') return least;
  return WEIGHTS[asked] > WEIGHTS[least] ? asked : least;
}

/** Of several, what a notice leads with: the most urgent, then in the order of the reasons. */
export function leadOf<T extends { readonly reason: AttentionReason; readonly urgency: Urgency }>(
  all: readonly T[],
): T | undefined {
  const place = ({ reason }: T): number => AttentionReason.options.indexOf(reason);
  return [...all].sort((a, b) => WEIGHTS[b.urgency] - WEIGHTS[a.urgency] || place(a) - place(b))[0];
}

/** Reasons that also leave by mail, for those who gave an address: somebody's answer is awaited. */
export const MAILED_REASONS: readonly AttentionReason[] = [
  'handoff-recalled',
  'handoff-offered',
  'handoff-declined',
  'handoff-ended',
  'handoff-late',
  'item-late',
  'team-late',
  'mentioned',
  'device-changed',
  'guest-arrived',
  'stand-in',
];

export const Notification = z.strictObject({
  id: Uuid,
  reason: AttentionReason,
  /** Null where it is about the caller’s own devices. */
  circle: CircleId.nullable(),
  at: Instant,
  readAt: Instant.nullable(),
});
export type Notification = z.infer<typeof Notification>;

export const MailPreference = z.strictObject({
  /** Empty: no mail. Kept apart from identities, used for content-free notices only. */
  address: z.string().max(254),
  language: z.enum(['fr', 'en']),
});
export type MailPreference = z.infer<typeof MailPreference>;

/** Whether a notice could be sent there; the empty address asks for none. */
export function isMailAddress(address: string): boolean {
  return address === '' || z.email().safeParse(address).success;
}

export const NOTIFICATION_ROUTES = {
  notifications: route({
    name: 'notifications',
    method: 'GET',
    path: '/api/notifications',
    access: 'person',
    summary: 'What waits for the caller, newest first.',
    reply: z.strictObject({
      notifications: z.array(Notification).max(LIMITS.notificationsKept.value),
    }),
  }),
  readNotifications: route({
    name: 'readNotifications',
    method: 'POST',
    path: '/api/notifications/read',
    access: 'person',
    summary: 'Marks notifications as read: those named, or all of a conversation.',
    body: z.strictObject({
      ids: z.array(Uuid).max(LIMITS.notificationsKept.value),
      circle: CircleId.optional(),
    }),
    reply: z.strictObject({ read: z.int().nonnegative() }),
  }),
  mailPreference: route({
    name: 'mailPreference',
    method: 'GET',
    path: '/api/notifications/mail',
    access: 'person',
    summary: 'Where the caller’s notices are mailed.',
    reply: MailPreference,
  }),
  setMailPreference: route({
    name: 'setMailPreference',
    method: 'PUT',
    path: '/api/notifications/mail',
    access: 'person',
    summary: 'Sets or clears the address for notices.',
    body: MailPreference,
    reply: MailPreference,
    errors: ['address_invalid'],
  }),
} as const;
