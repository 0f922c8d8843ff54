/**
 * What happened, as the rest of the server may know it: opaque ids, enums and instants. An event
 * never carries what somebody wrote, a name or an address.
 */
import { Urgency } from '@liaison/contract/handoff';
import {
  CircleId,
  DeviceId,
  EntryId,
  Hash,
  Instant,
  MemberId,
  PersonId,
  Uuid,
} from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { AttentionReason } from '@liaison/contract/notification';
import { z } from 'zod';

const ItemAppended = z.strictObject({
  type: z.literal('item.appended'),
  circle: CircleId,
  k: z.int().nonnegative(),
  /** The circle's head there: so that the record tree holds it. Absent in older events. */
  h: Hash.optional(),
  kind: z.string().max(40),
  entry: EntryId,
  author: PersonId,
  device: DeviceId,
  /** The member through which the author acted. */
  actor: MemberId,
});

/** A range of a circle, its sealed keys or an identity log went out to somebody's device. */
const ItemsServed = z.strictObject({
  type: z.literal('items.served'),
  person: PersonId,
  what: z.enum(['items', 'skeleton', 'copies', 'attachment', 'lanes']),
  circle: CircleId,
  from: z.int().min(-1),
  to: z.int().min(-1),
});

const IdentityChanged = z.strictObject({
  type: z.literal('identity.changed'),
  person: PersonId,
  n: z.int().nonnegative(),
  kind: z.string().max(40),
});

const SessionChanged = z.strictObject({
  type: z.literal('session.changed'),
  account: Uuid,
  person: PersonId.nullable(),
  act: z.enum(['opened', 'closed', 'locked', 'unlocked', 'role-chosen', 'revoked', 'refused']),
});

const ActRefused = z.strictObject({
  type: z.literal('act.refused'),
  person: PersonId.nullable(),
  route: z.string().max(60),
  code: z.string().max(60),
});

/** Somebody should look at something: what notifications are made of. */
const AttentionCalled = z.strictObject({
  type: z.literal('attention.called'),
  reason: AttentionReason,
  circle: CircleId.nullable(),
  people: z.array(PersonId).max(LIMITS.peopleCalled.value),
  /** Of what was asked; a reason may weigh more by itself. Absent where nothing was asked. */
  urgency: Urgency.optional(),
});

const DeadlinePassed = z.strictObject({
  type: z.literal('deadline.passed'),
  circle: CircleId,
  member: MemberId,
  due: Instant,
});

/** Whoever looks after the installation gave back what had been set aside. */
const EventsReplayed = z.strictObject({
  type: z.literal('events.replayed'),
  person: PersonId,
  replayed: z.int().nonnegative(),
});

export const DomainEvent = z.discriminatedUnion('type', [
  ItemAppended,
  ItemsServed,
  IdentityChanged,
  SessionChanged,
  ActRefused,
  AttentionCalled,
  DeadlinePassed,
  EventsReplayed,
]);
export type DomainEvent = z.infer<typeof DomainEvent>;

/** Rooms that react to what happened, each at its own pace. */
export const CONSUMERS = ['audit', 'notifications'] as const;
export type Consumer = (typeof CONSUMERS)[number];

/**
 * Who must hear of an event. Audit records every act; notifications only what calls for somebody.
 */
export function consumersOf(event: DomainEvent): readonly Consumer[] {
  return event.type === 'attention.called' ? ['notifications'] : ['audit'];
}
