/**
 * Who was in which circle and who could speak for whom, told anew from what the server took, in the
 * order in which it took it. It reads statements as a person would and knows nothing of the laws
 * that server and clients judge by: what these conclude is held against it.
 */
import type { CircleId, DeviceId, MemberId, PersonId } from '@liaison/contract/ids';
import { memberRef, personMember } from '@liaison/contract/ids';
import type { ItemRow, Tables } from '../rows/tables.js';

/** A point in the order of everything that the server took, and the server's time of it. */
export interface Moment {
  readonly order: number;
  readonly at: number;
}

interface Stay {
  readonly from: Moment;
  to: Moment | null;
}

interface Header {
  readonly kind: string;
  readonly at: number;
  readonly epoch: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** An entry, as far as it matters who may read it. */
export interface Written {
  readonly circle: CircleId;
  readonly k: number;
  readonly entry: string;
  readonly epoch: number;
  readonly order: number;
  /** When its author signed it, by their own clock. */
  readonly signedAt: number;
}

export const NEVER: Moment = { order: -1, at: -1 };

export class Chronicle {
  readonly #stays = new Map<CircleId, Map<MemberId, Stay[]>>();
  readonly #ends = new Map<DeviceId, Moment>();
  readonly written: Written[] = [];

  constructor(tables: Tables) {
    const items = tables.items.all().sort((a, b) => a.order - b.order);
    for (const item of items) this.#take(item);
    for (const { text, at, order } of tables.statements.all()) {
      const { payload } = JSON.parse(text) as { payload: { kind: string; device?: DeviceId } };
      if (payload.kind !== 'device.revoked' || payload.device === undefined) continue;
      const known = this.#ends.get(payload.device);
      if (known === undefined || known.order > order) this.#ends.set(payload.device, { order, at });
    }
  }

  circles(): CircleId[] {
    return [...this.#stays.keys()];
  }

  /** Members of a circle now, in the order of their ids. */
  membersOf(circle: CircleId): MemberId[] {
    const all = [...(this.#stays.get(circle) ?? [])];
    const present = all.filter(([, stays]) => stays.some(({ to }) => to === null));
    return present.map(([member]) => member).sort();
  }

  /** Whether somebody reads the circle now, in person or through a team. */
  reads(person: PersonId, circle: CircleId): boolean {
    return this.lastOf(person, circle) === null;
  }

  /** When somebody last stopped to read the circle; null: they read it now. */
  lastOf(person: PersonId, circle: CircleId): Moment | null {
    let last = NEVER;
    for (const [member, stays] of this.#stays.get(circle) ?? []) {
      for (const stay of stays) {
        const end = this.#endOf(person, member, stay);
        if (end === null) return null;
        if (end.order > last.order) last = end;
      }
    }
    return last;
  }

  /** When a device was revoked; null: it was not. */
  endOf(device: DeviceId): Moment | null {
    return this.#ends.get(device) ?? null;
  }

  /** When this stay of a member ended for a person; NEVER where it was none of theirs. */
  #endOf(person: PersonId, member: MemberId, stay: Stay): Moment | null {
    if (member === personMember(person)) return stay.to;
    const ref = memberRef(member);
    if (ref.type === 'person') return NEVER;
    const inTeam = this.#stays.get(ref.team)?.get(personMember(person)) ?? [];
    let last = NEVER;
    for (const one of inTeam) {
      const end = earlier(one.to, stay.to);
      if (end === null) return null;
      const begin = Math.max(one.from.order, stay.from.order);
      if (begin < end.order && end.order > last.order) last = end;
    }
    return last;
  }

  #take({ circle, k, entry, header: text, at, order, statement }: ItemRow): void {
    const header = JSON.parse(text) as Header;
    const now = { order, at };
    if (!statement) {
      const { epoch, at: signedAt } = header;
      this.written.push({ circle, k, entry, epoch, order, signedAt });
      return;
    }
    const { facts } = header;
    if (header.kind === 'circle.created') {
      this.#stays.set(circle, new Map());
      for (const { member } of facts['members'] as { member: MemberId }[]) {
        this.#enter(circle, member, now);
      }
    }
    if (header.kind === 'member.added') {
      this.#enter(circle, (facts['spec'] as { member: MemberId }).member, now);
    }
    if (header.kind === 'member.removed') {
      const stays = this.#stays.get(circle)?.get(facts['member'] as MemberId) ?? [];
      for (const stay of stays) stay.to ??= now;
    }
  }

  #enter(circle: CircleId, member: MemberId, now: Moment): void {
    const stays = this.#stays.get(circle)?.get(member) ?? [];
    this.#stays.get(circle)?.set(member, [...stays, { from: now, to: null }]);
  }
}

function earlier(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null) return b;
  return b === null || a.order <= b.order ? a : b;
}
