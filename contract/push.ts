/**
 * Web Push: what a browser says of itself so that it can be woken, and what it is sent. The message
 * is encrypted to the browser's own key, padded to one size, and says only that something waits.
 */
import { z } from 'zod';
import { CircleId, DeviceId, Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { AttentionReason } from './notification.js';
import { route } from './route.js';

/** Bytes in base64url without padding, of the one length that a key has. */
const letters = (bytes: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${String(Math.ceil((bytes * 8) / 6))}}$`));

export const PushSubscriptionKeys = z.strictObject({
  /** An uncompressed point of P-256. */
  p256dh: letters(65),
  auth: letters(16),
});

export const NewPushSubscription = z.strictObject({
  endpoint: z.string().max(LIMITS.pushEndpointLength.value),
  keys: PushSubscriptionKeys,
  language: z.enum(['fr', 'en']),
  /** Whose browser it is: ended with that device. Older clients do not say it. */
  device: DeviceId.optional(),
});
export type NewPushSubscription = z.infer<typeof NewPushSubscription>;

/** What the service worker is told: enough for a closed list of sentences, and where to look. */
export const PushMessage = z.strictObject({
  v: z.literal(1),
  /** The same however often it is sent: it is shown once. */
  id: Uuid,
  reason: AttentionReason,
  circle: CircleId.nullable(),
  others: z.int().nonnegative(),
  language: z.enum(['fr', 'en']),
});
export type PushMessage = z.infer<typeof PushMessage>;

export const PUSH_ROUTES = {
  pushKey: route({
    name: 'pushKey',
    method: 'GET',
    path: '/api/push/key',
    access: 'person',
    summary: 'The key by which this deployment shows itself to push services (VAPID).',
    reply: z.strictObject({ key: letters(65) }),
  }),
  subscribePush: route({
    name: 'subscribePush',
    method: 'POST',
    path: '/api/push/subscriptions',
    access: 'person',
    summary: 'Lets one browser of the caller be woken; known ones are renewed.',
    body: NewPushSubscription,
    reply: z.strictObject({}),
    errors: ['push_refused'],
  }),
  unsubscribePush: route({
    name: 'unsubscribePush',
    method: 'POST',
    path: '/api/push/unsubscribe',
    access: 'person',
    summary: 'Forgets a browser of the caller.',
    body: z.strictObject({ endpoint: z.string().max(LIMITS.pushEndpointLength.value) }),
    reply: z.strictObject({}),
  }),
} as const;
