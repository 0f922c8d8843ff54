/**
 * An item of a circle's one sequence: a signed header and, for entries, a sealed body.
 * Membership statements and entries share this header (docs/protocol.md, "Items").
 */
import { z } from 'zod';
import {
  CircleId,
  DeviceId,
  EntryId,
  Hash,
  Instant,
  Origin,
  PersonId,
  SealedBytes,
  SealedCopy,
  Signature,
} from './ids.js';
import { IdentityHead } from './identity.js';
import { Lease } from './lease.js';
import { LIMITS } from './limits.js';
import { Profession } from './profession.js';
import { MemberId, ZERO_HASH } from './ids.js';
import { CheckpointRef } from './transparency.js';

/** A position of a circle and the chain hash there. `k` = -1 before the first item. */
export const Head = z.strictObject({ k: z.int().min(-1), h: Hash });
export type Head = z.infer<typeof Head>;
export const EMPTY_HEAD: Head = { k: -1, h: ZERO_HASH };

/** The team through which the author acts, with the team's membership head that the author saw. */
export const ActingTeam = z.strictObject({ circle: CircleId, head: Head });
export type ActingTeam = z.infer<typeof ActingTeam>;

export const ItemHeader = z.strictObject({
  v: z.literal(1),
  suite: z.literal(1),
  origin: Origin,
  /** Empty in `circle.created`, whose hash names the circle. */
  circle: CircleId.or(z.literal('')),
  kind: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
    .max(40),
  /** Version of the kind's facts and body. */
  kv: z.int().positive(),
  /** A reader that does not know a critical kind must stop writing in this circle. */
  critical: z.boolean(),
  id: EntryId,
  author: PersonId,
  device: DeviceId,
  /** Only where the device is a post under a lease. */
  lease: Lease.optional(),
  /** When this device's store was made or restored: counters start anew with it. */
  inc: Instant,
  /** Counter per device, incarnation and circle; strictly increasing. */
  n: z.int().nonnegative(),
  as: Profession,
  team: ActingTeam.nullable(),
  /** Last position the author saw. */
  seen: Head,
  /** Last membership statement in force. */
  members: Head,
  /** Epoch in force; 0 before the first. */
  epoch: z.int().nonnegative(),
  /** The author's own identity log, as far as the author knows it. */
  identity: IdentityHead,
  /** Last heads of both trees that the author verified; null before the first. */
  checkpoint: CheckpointRef.nullable(),
  at: Instant,
  facts: z.record(z.string(), z.unknown()),
  /** Hash of the sealed body; null for statements. */
  body: Hash.nullable(),
});
export type ItemHeader = z.infer<typeof ItemHeader>;

/** The server's signed word that an item stands at a position. */
export const Receipt = z.strictObject({
  circle: CircleId,
  k: z.int().nonnegative(),
  h: Hash,
  at: Instant,
  signature: Signature,
});
export type Receipt = z.infer<typeof Receipt>;

/** A sealed copy of an epoch's secret for one member. */
export const EpochCopy = z.strictObject({ member: MemberId, copy: SealedCopy });
export type EpochCopy = z.infer<typeof EpochCopy>;

/** An item as a client submits it. */
export const NewItem = z.strictObject({
  /** Canonical text of the header: the very bytes that are signed. */
  text: z.string().max(LIMITS.headerBytes.value),
  signature: Signature,
  body: SealedBytes.max(Math.ceil((LIMITS.bodyBytes.value * 4) / 3) + 64).nullable(),
  /** With a statement that opens or reseals an epoch or adds a member: its sealed copies. */
  copies: z.array(EpochCopy).max(LIMITS.membersPerCircle.value).optional(),
});
export type NewItem = z.infer<typeof NewItem>;

/** An item as it is served. `body` null with a header that has one: destroyed (tombstone). */
export const WireItem = z.strictObject({
  circle: CircleId,
  k: z.int().nonnegative(),
  text: NewItem.shape.text,
  signature: Signature,
  body: NewItem.shape.body,
  /** When the server took it. Proven only as far as a checkpoint covers it. */
  at: Instant,
});
export type WireItem = z.infer<typeof WireItem>;

/**
 * For those who must verify a log without reading its entries: statements whole, entries as hash.
 */
export const SkeletonItem = z.strictObject({
  k: z.int().nonnegative(),
  hash: Hash,
  statement: WireItem.nullable(),
});
export type SkeletonItem = z.infer<typeof SkeletonItem>;
