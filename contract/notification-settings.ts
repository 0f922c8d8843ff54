/**
 * How somebody wants to be told: when (their policy), by what, who stands in for them while they
 * are away, and whether colleagues may see that they are busy. Nobody else ever reads it.
 */
import { z } from 'zod';
import { PersonId } from './ids.js';
import { NotificationPolicy, USUAL_POLICY } from './notification-policy.js';
import { route } from './route.js';

/** What leaves the application; the list inside it is always there. */
export const TellingChannel = z.enum(['push', 'mail']);
export type TellingChannel = z.infer<typeof TellingChannel>;

export const NotificationSettings = z.strictObject({
  policy: NotificationPolicy,
  channels: z.array(TellingChannel).max(TellingChannel.options.length),
  /** Told as well, content-free, while the policy says away. Null: nobody. */
  delegate: PersonId.nullable(),
  /** Whether those who share a circle may see "busy" or "free". */
  showsBusy: z.boolean(),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const USUAL_SETTINGS: NotificationSettings = {
  policy: USUAL_POLICY,
  channels: ['push', 'mail'],
  delegate: null,
  showsBusy: true,
};

/**
 * All that a colleague learns of somebody's hours. `unsaid`: they keep it to themselves, or the
 * caller shares no circle with them.
 */
export const Availability = z.enum(['free', 'busy', 'unsaid']);
export type Availability = z.infer<typeof Availability>;

export const NOTIFICATION_SETTINGS_ROUTES = {
  notificationSettings: route({
    name: 'notificationSettings',
    method: 'GET',
    path: '/api/notifications/settings',
    access: 'person',
    summary: 'When and by what the caller is told; the usual hours until they say otherwise.',
    reply: NotificationSettings,
  }),
  setNotificationSettings: route({
    name: 'setNotificationSettings',
    method: 'PUT',
    path: '/api/notifications/settings',
    access: 'person',
    summary: 'Sets when and by what the caller is told; what waits is planned anew.',
    body: NotificationSettings,
    reply: NotificationSettings,
    errors: ['person_unknown'],
  }),
  availability: route({
    name: 'availability',
    method: 'GET',
    path: '/api/people/:person/availability',
    access: 'person',
    summary: 'Whether somebody with whom the caller shares a circle is free or busy now.',
    params: z.strictObject({ person: PersonId }),
    reply: z.strictObject({ availability: Availability }),
  }),
} as const;
