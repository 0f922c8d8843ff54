/** What the server knows of handoffs without reading them: phases, deadlines, who answered. */
import { z } from 'zod';
import { CircleId, Instant, MemberId } from './ids.js';
import { HandoffKindName, Urgency } from './handoff.js';
import { route } from './route.js';

export const HandoffSummary = z.strictObject({
  handoff: CircleId,
  kind: HandoffKindName,
  phase: z.enum(['sent', 'closed', 'cancelled', 'recalled', 'superseded']),
  sender: MemberId,
  urgency: Urgency,
  sentAt: Instant,
  addressees: z.array(
    z.strictObject({
      member: MemberId,
      phase: z.enum(['offered', 'accepted', 'declined', 'done', 'reassigned', 'taken']),
      due: Instant,
      /** From when on they are asked. */
      opensAt: Instant,
      /** The sweeper has raised it: nobody answered in time. */
      lateSince: Instant.nullable(),
    }),
  ),
});
export type HandoffSummary = z.infer<typeof HandoffSummary>;

export const HANDOFF_ROUTES = {
  handoffs: route({
    name: 'handoffs',
    method: 'GET',
    path: '/api/handoffs',
    access: 'person',
    summary:
      'Handoffs of the caller and the caller’s teams, newest first, as the server folds them.',
    query: z.strictObject({
      before: z.coerce.number().int().nonnegative().optional(),
    }),
    reply: z.strictObject({ handoffs: z.array(HandoffSummary), next: Instant.nullable() }),
  }),
} as const;
