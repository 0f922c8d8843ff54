/** What PostgreSQL holds for handoffs, their deadlines, events and notices, in a care life. */
import type { DeadlineLevel } from '@liaison/contract/deadline-rules';
import type { Urgency } from '@liaison/contract/handoff';
import type { HandoffState } from '@liaison/contract/handoff-rules';
import type { CircleId, MemberId, PersonId, Uuid } from '@liaison/contract/ids';
import type { AttentionReason } from '@liaison/contract/notification';
import type { TaskState } from '@liaison/contract/task-rules';
import { Journal, Table } from '../../rows/table.js';

export interface DeadlineRow {
  readonly circle: CircleId;
  readonly subject: string;
  readonly level: DeadlineLevel;
  readonly due: number;
  readonly member: MemberId;
  readonly firedAt: number | null;
  /** How often it was armed anew: each arming fires once. */
  readonly arming: number;
  /** The true instant of it. */
  readonly armedAt: number;
}

export interface EventRow {
  readonly id: number;
  readonly consumer: string;
  readonly payload: string;
  readonly recordedAt: number;
  readonly attempts: number;
  readonly againAt: number | null;
}

export interface NoticeRow {
  readonly id: Uuid;
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly at: number;
  readonly urgency: Urgency;
  readonly tellAt: number | null;
  readonly toldAt: number | null;
  /** The true instant at which its telling was planned. */
  readonly plannedAt: number;
  readonly readAt: number | null;
}

/** A mail or a push that waits to leave, or has left. */
export interface LeavingRow {
  readonly id: Uuid;
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly urgency: Urgency;
  readonly others: number;
  readonly at: number;
  readonly sentAt: number | null;
  readonly attempts: number;
  readonly nextAt: number;
  readonly refusal: string | null;
}

interface SubscriptionRow {
  readonly endpoint: string;
  readonly person: PersonId;
  readonly at: number;
}

/** What happened to rows, kept for the oracle: it is undone with the transaction that did it. */
export interface FiredRow extends DeadlineRow {
  readonly firedTrue: number;
  /** Who stood behind the one who is late, and who coordinates, as it fired. */
  readonly behind: readonly PersonId[];
}
interface NoticedRow {
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly urgency: Urgency;
  readonly trueAt: number;
  readonly isNew: boolean;
}
interface ToldRow {
  readonly id: Uuid;
  readonly person: PersonId;
  readonly reason: AttentionReason;
  readonly circle: CircleId | null;
  readonly trueAt: number;
  readonly tellAt: number;
  readonly plannedAt: number;
}

export class CareTables {
  #number = 0;
  /** Locks a row for the transaction that runs; false where another has it. */
  hold: (row: string) => boolean = () => true;
  readonly journal = new Journal();
  readonly handoffs = new Table<{
    readonly circle: CircleId;
    readonly file: CircleId;
    readonly state: string;
  }>(this.journal);
  readonly addressees = new Table<{ member: string; due: number; lateSince: number | null }>(
    this.journal,
  );
  readonly deadlines = new Table<DeadlineRow>(this.journal);
  readonly tasks = new Table<{ readonly state: string; readonly doneAt: number | null }>(
    this.journal,
  );
  readonly holders = new Table<{ person: PersonId; from: number; until: number }>(this.journal);
  readonly circles = new Table<{ readonly community: CircleId }>(this.journal);
  readonly members = new Table<{
    readonly circle: CircleId;
    readonly member: MemberId;
    readonly role: string;
  }>(this.journal);
  readonly entries = new Table<{ readonly order: number }>(this.journal);
  readonly outbox = new Table<EventRow>(this.journal);
  readonly dead = new Table<EventRow>(this.journal);
  readonly notices = new Table<NoticeRow>(this.journal);
  readonly settings = new Table<{ readonly text: string }>(this.journal);
  readonly addresses = new Table<{ readonly address: string }>(this.journal);
  readonly mails = new Table<LeavingRow>(this.journal);
  readonly pushes = new Table<LeavingRow>(this.journal);
  readonly subscriptions = new Table<SubscriptionRow>(this.journal);
  readonly fired = new Table<FiredRow>(this.journal);
  readonly calls = new Table<{ person: PersonId; reason: string; circle: CircleId | null }>(
    this.journal,
  );
  readonly noticed = new Table<NoticedRow>(this.journal);
  readonly told = new Table<ToldRow>(this.journal);

  number(): number {
    this.#number += 1;
    return this.#number;
  }

  /** As a table's own default makes ids. */
  uuid(): Uuid {
    return uuidOf(this.number());
  }

  /** The people for whom these members stand. */
  behind(members: readonly MemberId[]): PersonId[] {
    const people = members.flatMap((member) =>
      member.startsWith('p.')
        ? [member]
        : this.members.of(member.slice(2)).map((one) => one.member),
    );
    const persons = people.filter((one) => one.startsWith('p.'));
    return [...new Set(persons)].map((one) => one.slice(2) as PersonId);
  }

  coordinators(circle: CircleId): MemberId[] {
    const community = this.circles.get(circle, '')?.community ?? '';
    const admins = this.members.of(community).filter(({ role }) => role === 'admin');
    return admins.map(({ member }) => member);
  }
}

export function uuidOf(number: number): Uuid {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}` as Uuid;
}

export const stateOf = (row: { readonly state: string }): HandoffState =>
  JSON.parse(row.state) as HandoffState;
export const taskOf = (row: { readonly state: string }): TaskState =>
  JSON.parse(row.state) as TaskState;
