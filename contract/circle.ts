/**
 * What circles are made of: kinds, members, epochs, and the facts of membership statements.
 * The rules over them stand in circle-rules.ts.
 */
import { z } from 'zod';
import {
  CircleId,
  Finess,
  Hash,
  Instant,
  MemberId,
  PersonId,
  SealedSecret,
  SealingKey,
} from './ids.js';
import { Head } from './item.js';
import { LIMITS } from './limits.js';

/**
 * `community`: a CPTS, everybody's room. `team`: a unit or practice. `sector`: part of a large
 * circle. `channel`: a conversation. `handoff`: the outline of a transition, for all whom its chain
 * may reach. `file`: identity, letter and conversation of a transition, for the care team only.
 */
export const CircleKind = z.enum([
  'community',
  'team',
  'sector',
  'channel',
  'handoff',
  'file',
  'agenda',
]);
export type CircleKind = z.infer<typeof CircleKind>;

/** `admin` changes members and policy; `writer` writes; `reader` reads. */
export const MemberRole = z.enum(['admin', 'writer', 'reader']);
export type MemberRole = z.infer<typeof MemberRole>;

export const MemberSpec = z.strictObject({
  member: MemberId,
  role: MemberRole,
  /** Guests leave by themselves at this instant. */
  until: Instant.nullable(),
  /** First epoch this member is meant to read; 0: all. */
  historyFrom: z.int().nonnegative(),
});
export type MemberSpec = z.infer<typeof MemberSpec>;

export const CirclePolicy = z.strictObject({
  /** Days after which bodies are destroyed; null: kept. */
  retentionDays: z.int().positive().max(36_500).nullable(),
  epochMaxAgeDays: z.int().positive().max(36_500),
  epochMaxItems: z.int().positive().max(1_000_000),
});
export type CirclePolicy = z.infer<typeof CirclePolicy>;

export const DEFAULT_POLICY: CirclePolicy = {
  retentionDays: null,
  epochMaxAgeDays: 365,
  epochMaxItems: 100_000,
};

/** The key that an epoch was sealed to, with the log position that proves it is the member's. */
export const RecipientPin = z.strictObject({
  member: MemberId,
  keyHash: Hash,
  /** A person's key generation, or a team's epoch. */
  generation: z.int().positive(),
  /** Head of the person's identity log (`k` = index) or of the team's membership. */
  head: Head,
});
export type RecipientPin = z.infer<typeof RecipientPin>;

/**
 * A member in person who began a new identity after they were admitted, with a head of their log
 * that says so. A reset gives no membership: the next epoch leaves them out, whoever opens it, and
 * an admin may add them again.
 */
export const LapsedMember = z.strictObject({ member: MemberId, head: Head });
export type LapsedMember = z.infer<typeof LapsedMember>;

/** An earlier epoch's secret sealed under the new one. */
export const Backlink = z.strictObject({
  epoch: z.int().positive(),
  commitment: Hash,
  sealed: SealedSecret,
});
export type Backlink = z.infer<typeof Backlink>;

/**
 * Why an epoch was opened. `first`: the circle is new. `member-removed`: inside a removal.
 * `member-left`, `key-moved`, `age`: due by committed evidence. `history-cut`: an admin's choice.
 */
export const EpochReason = z.enum([
  'first',
  'member-removed',
  'member-left',
  'key-moved',
  'age',
  'history-cut',
]);
export type EpochReason = z.infer<typeof EpochReason>;

export const EpochFacts = z.strictObject({
  epoch: z.int().positive(),
  commitment: Hash,
  publicKey: SealingKey,
  recipients: z.array(RecipientPin).min(1).max(LIMITS.membersPerCircle.value),
  because: EpochReason,
  backlinks: z.array(Backlink).max(1024),
  /** Root over the sealed copies, sorted by recipient. */
  copiesRoot: Hash,
  /** Those who are members no more from here on; left away where nobody is. */
  lapsed: z.array(LapsedMember).min(1).max(LIMITS.membersPerCircle.value).optional(),
});
export type EpochFacts = z.infer<typeof EpochFacts>;

const CreatedFacts = z.strictObject({
  /** The community it belongs to; null for the community itself. */
  community: CircleId.nullable(),
  kind: CircleKind,
  salt: Hash,
  /** A team's claimed FINESS and the hash of its claimed name. */
  finess: Finess.nullable(),
  nameHash: Hash.nullable(),
  /** May appoint an admin from existing members after seven days' notice. */
  stewards: z.array(PersonId).max(16),
  /** Initial members, the author's person or acting team among them as admin. */
  members: z.array(MemberSpec).min(1).max(LIMITS.membersPerCircle.value),
  policy: CirclePolicy,
  /** A handoff's file circle, or a file's handoff once known. */
  linked: CircleId.nullable(),
});

/** Facts of each membership statement, by kind. */
export const STATEMENT_FACTS = {
  'circle.created': CreatedFacts,
  'member.added': z.strictObject({ spec: MemberSpec, pin: RecipientPin, copyHash: Hash }),
  'member.removed': z.strictObject({
    member: MemberId,
    /** The epoch that shuts them out; null when somebody leaves by themselves. */
    next: EpochFacts.nullable(),
  }),
  'role.changed': z.strictObject({ member: MemberId, role: MemberRole }),
  'policy.changed': z.strictObject({ policy: CirclePolicy }),
  'epoch.opened': EpochFacts,
  'epoch.resealed': z.strictObject({
    epoch: z.int().positive(),
    recipients: z.array(RecipientPin).min(1).max(LIMITS.membersPerCircle.value),
    copiesRoot: Hash,
  }),
  'copy.disputed': z.strictObject({ epoch: z.int().positive(), member: MemberId, copyHash: Hash }),
} as const;
export type StatementKind = keyof typeof STATEMENT_FACTS;
export type StatementFacts<K extends StatementKind> = z.infer<(typeof STATEMENT_FACTS)[K]>;

/** Whether an item of this kind is a membership statement (signed, unsealed, changes who reads). */
export function isStatementKind(kind: string): kind is StatementKind {
  return Object.hasOwn(STATEMENT_FACTS, kind);
}
