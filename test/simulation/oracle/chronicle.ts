/**
 * Who was in which circle and who could speak for whom, told anew from what the server took, in the
 * order in which it took it. It reads statements as a person would and knows nothing of the laws
 * that server and clients judge by: what these conclude is held against it.
 */
import type { CircleId, DeviceId, MemberId, PersonId, SigningKey } from '@liaison/contract/ids';
import { memberRef, personMember } from '@liaison/contract/ids';
import type { ItemRow, StatementRow, Tables } from '../rows/tables.js';

/** A point in the order of everything that the server took, and the server's time of it. */
export interface Moment {
  readonly order: number;
  readonly at: number;
  /** The statement of a circle that it is of; null: of nobody's circle. */
  readonly place: { readonly circle: CircleId; readonly k: number } | null;
}

interface Stay {
  readonly from: Moment;
  to: Moment | null;
}

/** What matters here of an identity statement. */
interface Said {
  readonly kind: string;
  readonly device?: DeviceId;
  readonly signingKey?: SigningKey;
}

interface Header {
  readonly kind: string;
  readonly at: number;
  readonly epoch: number;
  readonly team: { readonly circle: CircleId; readonly head: { readonly k: number } } | null;
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
  /** The team through which they wrote, as far as they knew it. */
  readonly team: Header['team'];
}

export class Chronicle {
  readonly #stays = new Map<CircleId, Map<MemberId, Stay[]>>();
  readonly #ends = new Map<DeviceId, Moment>();
  readonly #papers = new Map<SigningKey, { readonly person: PersonId; end: Moment | null }>();
  readonly written: Written[] = [];

  constructor(tables: Tables) {
    const items = tables.items.all().sort((a, b) => a.order - b.order);
    for (const item of items) this.#take(item);
    const statements = tables.statements.all().sort((one, next) => one.order - next.order);
    for (const statement of statements) this.#hear(statement);
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
    return this.endsOf(person, circle) === null;
  }

  /**
   * How each way ended by which somebody read the circle, or held a key of a team that came to read
   * it; null: they read it now, nothing: they never did.
   */
  endsOf(person: PersonId, circle: CircleId): Moment[] | null {
    const ends: Moment[] = [];
    for (const [member, stays] of this.#stays.get(circle) ?? []) {
      for (const stay of stays) {
        for (const end of this.#endsBy(person, member, stay)) {
          if (end === null) return null;
          ends.push(end);
        }
      }
    }
    return ends;
  }

  /** When a device was revoked; null: it was not. */
  endOf(device: DeviceId): Moment | null {
    return this.#ends.get(device) ?? null;
  }

  /** When another paper of its owner took the place of this one; null: none did. */
  endOfPaper(key: SigningKey): Moment | null {
    return this.#papers.get(key)?.end ?? null;
  }

  #hear({ person, text, at, order }: StatementRow): void {
    const { payload } = JSON.parse(text) as { payload: Said };
    const now = { order, at, place: null };
    if (payload.kind === 'device.revoked' && payload.device !== undefined) {
      if (!this.#ends.has(payload.device)) this.#ends.set(payload.device, now);
    }
    if (payload.kind !== 'recovery-key.set' || payload.signingKey === undefined) return;
    for (const paper of this.#papers.values()) if (paper.person === person) paper.end ??= now;
    this.#papers.set(payload.signingKey, { person, end: null });
  }

  /** When this stay of a member ended for a person; null: it has not. */
  #endsBy(person: PersonId, member: MemberId, stay: Stay): (Moment | null)[] {
    if (member === personMember(person)) return [stay.to];
    const ref = memberRef(member);
    if (ref.type === 'person') return [];
    const inTeam = this.#stays.get(ref.team)?.get(personMember(person)) ?? [];
    const met = inTeam.filter(({ from }) => stay.to === null || from.order < stay.to.order);
    return met.map(({ to }) => earlier(to, stay.to));
  }

  #take({ circle, k, entry, header: text, at, order, statement }: ItemRow): void {
    const header = JSON.parse(text) as Header;
    const now = { order, at, place: { circle, k } };
    if (!statement) {
      const { epoch, at: signedAt, team } = header;
      this.written.push({ circle, k, entry, epoch, order, signedAt, team });
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
