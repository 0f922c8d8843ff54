/**
 * What a person decided, as it waits in the outbox: steps in the words of the protocol, unsigned,
 * so that they can be signed again when members or keys moved. An act is appended whole or not at
 * all. Circles that an act creates are named `@name` until they have an id.
 */
import type { CircleKind, MemberRole } from '@liaison/contract/circle';
import type { EntryKindName } from '@liaison/contract/entry-kinds';
import type { ErrorCode } from '@liaison/contract/errors';
import type { CircleId, EntryId, Finess, Hash, MemberId, Uuid } from '@liaison/contract/ids';
import type { NewItem, Receipt } from '@liaison/contract/item';
import type { Profession } from '@liaison/contract/profession';
import type { History } from '../face.groups.js';
import type { IdentityAct } from '../session/identity.act.js';

export type CircleRef = CircleId | `@${string}`;

export interface FirstMember {
  readonly member: MemberId;
  readonly role: MemberRole;
}

/** A new circle, with its first epoch. */
export interface CreateStep {
  readonly do: 'create';
  readonly ref: CircleRef;
  readonly kind: CircleKind;
  readonly salt: Hash;
  readonly community: CircleId | null;
  readonly members: readonly FirstMember[];
  readonly finess: Finess | null;
  readonly nameHash: Hash | null;
  readonly linked: CircleRef | null;
}

export interface EntryStep {
  readonly do: 'entry';
  readonly circle: CircleRef;
  readonly id: EntryId;
  readonly kind: EntryKindName;
  /** A value `@name` stands for the id of a circle that this act creates. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export type Step =
  | CreateStep
  | EntryStep
  | {
      readonly do: 'add';
      readonly circle: CircleRef;
      readonly member: MemberId;
      readonly role: MemberRole;
      /** Nothing said: everything. */
      readonly history?: History;
    }
  /** Adds many: in person while the circle is small, in sectors beyond. */
  | {
      readonly do: 'seat';
      readonly circle: CircleRef;
      readonly members: readonly MemberId[];
      readonly role: MemberRole;
    }
  | {
      readonly do: 'role';
      readonly circle: CircleRef;
      readonly member: MemberId;
      readonly role: MemberRole;
    }
  /** Seals the epoch in force to them again. */
  | { readonly do: 'reseal'; readonly circle: CircleRef; readonly members: readonly MemberId[] }
  /** The copy of that epoch which was sealed to us is a dud. */
  | {
      readonly do: 'dispute';
      readonly circle: CircleRef;
      readonly epoch: number;
      readonly member: MemberId;
      readonly copyHash: Hash;
    }
  | { readonly do: 'remove'; readonly circle: CircleRef; readonly member: MemberId }
  /**
   * Opens the next epoch where it is due, nothing where it is not; `cut`: in any case, and without
   * a link to those before.
   */
  | { readonly do: 'renew'; readonly circle: CircleRef; readonly cut?: true };

export interface Act {
  readonly id: EntryId | Uuid;
  /** Acts of one lane go one after the other: a circle, or the act itself. */
  readonly lane: string;
  /** Through whom the person acts. */
  readonly as: MemberId;
  readonly steps: readonly Step[];
  /** In which role: as it was when they decided, whenever the act leaves. */
  readonly role?: Profession;
  /** Statements of the person's own identity log that belong to the same act. */
  readonly identity?: IdentityAct;
  /** Sealed files that must be whole at the server before the submission. */
  readonly uploads?: { readonly circle: CircleRef; readonly ids: readonly Uuid[] };
  /** A draft that ends when the act is done. */
  readonly draft?: Uuid;
}

/** An act in the outbox. */
export interface WaitingAct extends Act {
  /** Order of arrival. */
  readonly no: number;
  readonly since: number;
  readonly attempts: number;
  /** Signed, and perhaps taken by the server: sent again as it is until an answer comes. */
  readonly signed: SignedAct | null;
  readonly refusal: ErrorCode | null;
}

export interface SignedAct {
  readonly items: readonly NewItem[];
  /** Circles that the act creates, by name. */
  readonly created: Readonly<Record<string, CircleId>>;
}

export interface DoneAct {
  readonly created: Readonly<Record<string, CircleId>>;
  readonly receipts: readonly Receipt[];
}

/** The id of a circle of an act. */
export function circleOf(created: Readonly<Record<string, CircleId>>, ref: CircleRef): CircleId {
  const id = ref.startsWith('@') ? created[ref] : (ref as CircleId);
  if (id === undefined) throw new Error(`act: no circle ${ref} yet`);
  return id;
}
