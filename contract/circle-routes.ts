/** How items enter a circle and how they are read again. One write path: the submission. */
import { z } from 'zod';
import { CircleKind } from './circle.js';
import { CircleId, Hash, MemberId, SealedCopy } from './ids.js';
import { PersonKeyCopy, WireStatement } from './identity.js';
import { Head, NewItem, Receipt, SkeletonItem, WireItem } from './item.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

const CircleParams = z.strictObject({ circle: CircleId });
const After = z.coerce.number().int().min(-1);

/** How a circle stands for the caller: enough to know what to fetch. */
export const CircleSummary = z.strictObject({
  circle: CircleId,
  kind: CircleKind,
  community: CircleId.nullable(),
  head: Head,
  members: Head,
  epoch: z.int().nonnegative(),
  /** The member through which the caller reads it: themselves, or one of their teams. */
  through: z.array(MemberId),
  /** Countable entries after the caller’s read cursor, the caller’s own included until it moves. */
  unread: z.int().nonnegative(),
});
export type CircleSummary = z.infer<typeof CircleSummary>;

/** An epoch's sealed copy for one recipient, provable against the epoch's `copiesRoot`. */
export const ServedCopy = z.strictObject({
  epoch: z.int().positive(),
  /** Position of the statement that carried it. */
  k: z.int().nonnegative(),
  member: MemberId,
  copy: SealedCopy,
  index: z.int().nonnegative(),
  count: z.int().positive(),
  proof: z.array(Hash).max(32),
});
export type ServedCopy = z.infer<typeof ServedCopy>;

const APPEND_ERRORS = [
  'origin_mismatch',
  'clock_skew',
  'circle_unknown',
  'not_a_member',
  'not_allowed',
  'item_invalid',
  'item_not_allowed',
  'handoff_taken',
  'item_id_reused',
  'counter_reused',
  'members_moved',
  'epoch_stale',
  'epoch_not_due',
  'head_unknown',
  'body_mismatch',
  'copies_mismatch',
  'signature_invalid',
  'device_unknown',
  'device_revoked',
  'identity_head_moved',
  'letter_incomplete',
  'attachment_incomplete',
  'server_busy',
] as const;

export const CIRCLE_ROUTES = {
  submit: route({
    name: 'submit',
    method: 'POST',
    path: '/api/submissions',
    access: 'person',
    summary: 'Appends items to one or more circles, all or none; sending it again changes nothing.',
    body: z.strictObject({
      items: z.array(NewItem).max(LIMITS.submissionItems.value),
      /** Statements of the caller’s own identity log that belong to the same act (a revocation). */
      identity: z
        .strictObject({
          statements: z.array(WireStatement).min(1).max(16),
          copies: z.array(PersonKeyCopy).max(LIMITS.devicesPerPerson.value * 4),
        })
        .optional(),
    }),
    reply: z.strictObject({ receipts: z.array(Receipt) }),
    errors: APPEND_ERRORS,
  }),
  circles: route({
    name: 'circles',
    method: 'GET',
    path: '/api/circles',
    access: 'person',
    summary: 'All circles of the caller with their heads: the resume request.',
    query: z.strictObject({ from: CircleId.optional() }),
    reply: z.strictObject({ circles: z.array(CircleSummary), next: CircleId.nullable() }),
  }),
  items: route({
    name: 'items',
    method: 'GET',
    path: '/api/circles/:circle/items',
    access: 'person',
    summary: 'Items after a position, in order, whole, for members.',
    params: CircleParams,
    query: z.strictObject({
      after: After,
      limit: z.coerce.number().int().positive().max(LIMITS.pageItems.value).optional(),
    }),
    reply: z.strictObject({ items: z.array(WireItem), head: Head }),
    errors: ['circle_unknown'],
  }),
  skeleton: route({
    name: 'skeleton',
    method: 'GET',
    path: '/api/circles/:circle/skeleton',
    access: 'person',
    summary: 'Statements whole and entries as hashes, for whoever must verify a team of a circle.',
    params: CircleParams,
    query: z.strictObject({ after: After }),
    reply: z.strictObject({ items: z.array(SkeletonItem), head: Head }),
    errors: ['circle_unknown'],
  }),
  copies: route({
    name: 'copies',
    method: 'GET',
    path: '/api/circles/:circle/copies',
    access: 'person',
    summary: 'Sealed epoch copies for the caller and for the teams the caller is in.',
    params: CircleParams,
    query: z.strictObject({
      fromEpoch: z.coerce.number().int().positive().max(LIMITS.epochsPerCircle.value).optional(),
    }),
    reply: z.strictObject({ copies: z.array(ServedCopy) }),
    errors: ['circle_unknown'],
  }),
} as const;
