/**
 * The socket's events. The socket is a wake-up, the cursor is the truth: whatever is missed here is
 * found by asking. Clients send nothing over it; each server event is parsed by the SDK.
 */
import { z } from 'zod';
import { CircleId } from './ids.js';
import { WireItem } from './item.js';
import { LIMITS } from './limits.js';

export const SOCKET_EVENTS = {
  /**
   * What one commit appended to one of the person’s circles, in its order. Together, because a
   * thousand readers cost a thousand writes an event, whatever it holds.
   */
  items: z.array(WireItem).min(1).max(LIMITS.submissionItems.value),
  /** Who received or read what has changed in a circle. */
  lanes: z.strictObject({ circle: CircleId }),
  /** The list of the person’s circles has changed. */
  circles: z.strictObject({}),
  /** Something waits: ask for notifications. */
  notifications: z.strictObject({}),
  /** The session was locked, closed or revoked elsewhere. */
  session: z.strictObject({ state: z.enum(['locked', 'closed']) }),
} as const;
export type SocketEvent = keyof typeof SOCKET_EVENTS;
export type SocketPayload<E extends SocketEvent> = z.infer<(typeof SOCKET_EVENTS)[E]>;
