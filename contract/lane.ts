/**
 * Lanes: signed last-wins statements per (circle, person) that are no entries: how far a device
 * has received, how far its person has read. Cumulative over a position, so only the last counts.
 */
import { z } from 'zod';
import { CircleId, DeviceId, Instant, Origin, PersonId, Signature } from './ids.js';
import { Head } from './item.js';
import { Lease } from './lease.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

export const LaneName = z.enum(['received', 'read']);
export type LaneName = z.infer<typeof LaneName>;

/** The signed text of a lane statement. */
export const LaneStatement = z.strictObject({
  v: z.literal(1),
  origin: Origin,
  circle: CircleId,
  lane: LaneName,
  person: PersonId,
  device: DeviceId,
  lease: Lease.optional(),
  upTo: Head,
  at: Instant,
});
export type LaneStatement = z.infer<typeof LaneStatement>;

export const WireLane = z.strictObject({ text: z.string().max(2048), signature: Signature });
export type WireLane = z.infer<typeof WireLane>;

export const LANE_ROUTES = {
  putLanes: route({
    name: 'putLanes',
    method: 'PUT',
    path: '/api/lanes',
    access: 'person',
    summary: 'States how far the caller has received or read, in several circles at once.',
    body: z.strictObject({ lanes: z.array(WireLane).min(1).max(LIMITS.pageItems.value) }),
    reply: z.strictObject({ taken: z.int().nonnegative() }),
    errors: ['signature_invalid', 'circle_unknown', 'head_unknown'],
  }),
  circleLanes: route({
    name: 'circleLanes',
    method: 'GET',
    path: '/api/circles/:circle/lanes',
    access: 'person',
    summary: 'Who has received and read what, where the circle’s kind shows it.',
    params: z.strictObject({ circle: CircleId }),
    reply: z.strictObject({ lanes: z.array(WireLane) }),
    errors: ['circle_unknown'],
  }),
} as const;
