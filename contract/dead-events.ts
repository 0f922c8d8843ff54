/**
 * Events that a room of the server failed on again and again: what an administrator sees of them,
 * and the way back. Numbers, kinds and causes only, never whom or what an event is about.
 */
import { z } from 'zod';
import { Instant } from './ids.js';
import { LIMITS } from './limits.js';
import type { Profession } from './profession.js';
import { route } from './route.js';

/** In which functions one may look after an installation. */
export const CARETAKERS: readonly Profession[] = ['coordinator', 'hospital-it'];

export const DeadEvent = z.strictObject({
  id: z.int().nonnegative(),
  /** The room that could not take it. */
  consumer: z.string().max(40),
  type: z.string().max(40),
  /** A code, or the name of a mistake. */
  cause: z.string().max(LIMITS.lineLength.value),
  setAsideAt: Instant,
});
export type DeadEvent = z.infer<typeof DeadEvent>;

export const DEAD_EVENT_ROUTES = {
  deadEvents: route({
    name: 'deadEvents',
    method: 'GET',
    path: '/api/dead-events',
    access: 'person',
    summary: 'Events set aside, the oldest first; for coordinators and hospital IT.',
    reply: z.strictObject({
      /** How many there are; the list holds the oldest of them. */
      count: z.int().nonnegative(),
      events: z.array(DeadEvent).max(LIMITS.pageItems.value),
    }),
    errors: ['not_allowed'],
  }),
  replayDeadEvents: route({
    name: 'replayDeadEvents',
    method: 'POST',
    path: '/api/dead-events/replay',
    access: 'person',
    summary: 'Gives every event that was set aside back to its room, which takes none twice.',
    body: z.strictObject({}),
    reply: z.strictObject({ replayed: z.int().nonnegative() }),
    errors: ['not_allowed'],
  }),
} as const;
