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

/** How a way ended by which somebody read a circle. */
export interface End extends Moment {
  /** They left a team and hold its key `until` it was turned; null: nobody is left to turn it. */
  readonly kept?: { readonly team: CircleId; readonly until: Moment | null };
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
  readonly keys?: { readonly device: DeviceId };
  readonly asked?: number | null;
}

/**
 * Somebody from one new beginning to the next. Who begins anew was let in nowhere: whatever stays
 * were theirs before are not theirs any more.
 */
export interface Self {
  readonly person: PersonId;
  /** After this in the order of everything; before their first new beginning: -1. */
  readonly from: number;
  readonly end: Moment | null;
}

/** A new beginning that the server took, and what it named as asked for before. */
export interface Reset {
  readonly person: PersonId;
  readonly now: Moment;
  readonly asked: { readonly n: number; readonly at: number } | null;
  /** Devices of the person that nothing had ended by then. */
  readonly live: number;
}

interface Header {
  readonly kind: string;
  readonly author: PersonId;
  readonly at: number;
  readonly epoch: number;
  readonly team: { readonly circle: CircleId; readonly head: { readonly k: number } } | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One way by which somebody came to read a circle. */
interface Way {
  /** When they, or the team, became a member of it; and when they came into the team. */
  readonly since: number;
  readonly from: number;
  readonly team: CircleId | null;
  readonly isOver: boolean;
}

interface Epoch {
  readonly because?: string;
  readonly lapsed?: readonly { readonly member: MemberId }[];
}

/** An entry, as far as it matters who may read it. */
export interface Written {
  readonly circle: CircleId;
  readonly k: number;
  readonly entry: string;
  readonly author: PersonId;
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
  readonly #papers = new Map<SigningKey, { readonly self: Self; end: Moment | null }>();
  /** Each person's selves, in the order of their new beginnings. */
  readonly #selves = new Map<PersonId, Self[]>();
  readonly #devices = new Map<DeviceId, { readonly person: PersonId; readonly order: number }>();
  /** Each statement that began an epoch: a circle's former key opens nothing of it. */
  readonly #turns = new Map<CircleId, Moment[]>();
  /** Where an admin cut the past off: no link leads back over it. */
  readonly #cuts = new Map<CircleId, number[]>();
  readonly written: Written[] = [];
  readonly resets: Reset[] = [];
  /** How often somebody who had begun anew was let in again. */
  get readmitted(): number {
    const before = ({ from }: Stay, since: Moment): boolean => from.order < since.order;
    let times = 0;
    for (const members of this.#stays.values()) {
      for (const { person, now } of this.resets) {
        const stays = members.get(personMember(person)) ?? [];
        const isBack =
          stays.some((one) => before(one, now)) && stays.some((one) => !before(one, now));
        if (isBack) times += 1;
      }
    }
    return times;
  }
  readonly #asked = new Map<string, { readonly n: number; readonly at: number }>();

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

  /** Whether the circle counts somebody among its readers now, in person or through a team. */
  reads(person: PersonId, circle: CircleId): boolean {
    return this.endsOf({ person, from: -1, end: null }, circle) === null;
  }

  /** Whether somebody as they are since their last new beginning was let in, and reads it now. */
  stands(person: PersonId, circle: CircleId): boolean {
    return this.endsOf(this.now(person), circle) === null;
  }

  /**
   * How each way ended by which somebody read the circle, or held a key of a team that came to read
   * it; null: they read it now, nothing: they never did.
   */
  endsOf(self: Self, circle: CircleId): End[] | null {
    const ends: End[] = [];
    for (const [member, stays] of this.#stays.get(circle) ?? []) {
      for (const stay of stays) {
        for (const end of this.#endsBy(self, member, stay)) {
          if (end === null) return null;
          ends.push(end);
        }
      }
    }
    return ends;
  }

  /**
   * Whether the past was cut off between an entry and each way by which somebody came to read its
   * circle: then no key of theirs opens it.
   */
  isHidden(self: Self, entry: Written): boolean {
    const ways = this.#waysOf(self, entry.circle);
    return ways.length > 0 && ways.every((way) => this.#isCut(entry, way));
  }

  /**
   * The same for the ways that somebody has now. Whoever came into a team without its past opens of
   * a circle what was sealed to the team since, and what links lead back to from there.
   */
  isExcused(self: Self, entry: Written): boolean {
    const ways = this.#waysOf(self, entry.circle).filter(({ isOver }) => !isOver);
    return ways.every((way) => {
      if (this.#isCut(entry, way)) return true;
      const { team, from } = way;
      const cut = team === null ? undefined : this.#cuts.get(team)?.findLast((one) => one < from);
      if (cut === undefined) return false;
      const sealed = (this.#turns.get(entry.circle) ?? []).filter(({ order }) => order > cut);
      return !sealed.some(({ order }) => !this.#isCut(entry, { ...way, since: order + 1 }));
    });
  }

  #isCut({ circle, order }: Written, { since }: Way): boolean {
    return this.#cuts.get(circle)?.some((cut) => cut > order && cut < since) === true;
  }

  #waysOf(self: Self, circle: CircleId): Way[] {
    const own = personMember(self.person);
    return [...(this.#stays.get(circle) ?? [])].flatMap(([member, stays]) =>
      stays.flatMap((stay): Way[] => {
        const ref = memberRef(member);
        const since = stay.from.order;
        if (ref.type === 'person') {
          if (member !== own || !isOf(self, stay)) return [];
          return [{ since, from: since, team: null, isOver: stay.to !== null }];
        }
        const inTeam = this.#stays.get(ref.team)?.get(own) ?? [];
        return inTeam
          .filter((one) => isOf(self, one))
          .map(({ from, to }) => {
            const isOver = to !== null || stay.to !== null;
            return { since, from: from.order, team: ref.team, isOver };
          });
      }),
    );
  }

  /** As whom their owner was known when a device came in; null: it never did. */
  selfOf(device: DeviceId): Self | null {
    const born = this.#devices.get(device);
    if (born === undefined) return null;
    const selves = this.#selves.get(born.person) ?? [];
    return selves.findLast(({ from }) => from <= born.order) ?? this.now(born.person);
  }

  /** Whom the circle still counted, as this was written, though they had begun anew before it. */
  *forgotten({ circle, order }: Written): Iterable<readonly [PersonId, Moment]> {
    for (const [member, stays] of this.#stays.get(circle) ?? []) {
      const ref = memberRef(member);
      const self = ref.type === 'person' ? this.now(ref.person) : null;
      const since = self === null ? undefined : this.#begun(self);
      if (self === null || since === undefined || since.order > order) continue;
      const counts = stays.some(({ from, to }) => {
        return from.order < since.order && (to === null || to.order > order);
      });
      if (counts) yield [self.person, since];
    }
  }

  /** Somebody as they are since their last new beginning. */
  now(person: PersonId): Self {
    return this.#selves.get(person)?.at(-1) ?? { person, from: -1, end: null };
  }

  #begun({ person, from }: Self): Moment | undefined {
    return this.resets.find((one) => one.person === person && one.now.order === from)?.now;
  }

  /** When a device was revoked; null: it was not. */
  endOf(device: DeviceId): Moment | null {
    return this.#ends.get(device) ?? null;
  }

  /** When another paper of its owner took the place of this one; null: none did. */
  endOfPaper(key: SigningKey): Moment | null {
    return this.#papers.get(key)?.end ?? null;
  }

  /** Whose paper it is, or was. */
  selfOfPaper(key: SigningKey): Self | null {
    const self = this.#papers.get(key)?.self;
    return self === undefined ? null : (this.#selfAt(self) ?? self);
  }

  #selfAt({ person, from }: Self): Self | undefined {
    return this.#selves.get(person)?.find((one) => one.from === from);
  }

  #hear({ person, n, text, at, order }: StatementRow): void {
    const { payload } = JSON.parse(text) as { payload: Said };
    const now = { order, at, place: null };
    if (payload.kind === 'identity.reset-asked') this.#asked.set(`${person}/${n}`, { n, at });
    if (payload.kind === 'identity.reset') this.#beginAnew(person, now, payload.asked ?? null);
    const isNew = payload.kind === 'device.added' || payload.kind === 'identity.reset';
    if (isNew && payload.keys !== undefined) {
      this.#devices.set(payload.keys.device, { person, order });
    }
    if (payload.kind === 'device.revoked' && payload.device !== undefined) {
      if (!this.#ends.has(payload.device)) this.#ends.set(payload.device, now);
    }
    if (payload.kind !== 'recovery-key.set' || payload.signingKey === undefined) return;
    this.#endPapers(person, now);
    this.#papers.set(payload.signingKey, { self: this.now(person), end: null });
  }

  #beginAnew(person: PersonId, now: Moment, asked: number | null): void {
    const before = this.now(person);
    const live = [...this.#devices].filter(
      ([device, one]) =>
        one.person === person && one.order >= before.from && !this.#ends.has(device),
    );
    const named = asked === null ? undefined : this.#asked.get(`${person}/${asked}`);
    this.resets.push({ person, now, asked: named ?? null, live: live.length });
    const former = this.#selves.get(person)?.slice(0, -1) ?? [];
    const next = { person, from: now.order, end: null };
    this.#selves.set(person, [...former, { ...before, end: now }, next]);
    this.#endPapers(person, now);
  }

  #endPapers(person: PersonId, now: Moment): void {
    for (const paper of this.#papers.values()) {
      if (paper.self.person === person) paper.end ??= now;
    }
  }

  /** When this stay of a member ended for somebody as they were then; null: it has not. */
  #endsBy(self: Self, member: MemberId, stay: Stay): (End | null)[] {
    const own = personMember(self.person);
    if (member === own) return isOf(self, stay) ? [earlier(stay.to, self.end)] : [];
    const ref = memberRef(member);
    if (ref.type === 'person') return [];
    const inTeam = this.#stays.get(ref.team)?.get(own) ?? [];
    const met = inTeam.filter(({ from }) => stay.to === null || from.order < stay.to.order);
    return met
      .filter((one) => isOf(self, one))
      .map(({ to }) => {
        const end = earlier(earlier(to, this.#turnAfter(ref.team, self.end)), stay.to);
        if (end === null || end !== to) return end;
        return { ...end, kept: { team: ref.team, until: this.#keptUntil(ref.team, to, stay) } };
      });
  }

  /**
   * Whoever leaves a team by themselves holds its key until somebody of the team turns it
   * (docs/decisions/0015); who is removed is shut out in the same statement. Where somebody was
   * left who had to turn it and nobody did, nothing is excused.
   */
  #keptUntil(team: CircleId, left: Moment, stay: Stay): Moment | null {
    const turn = this.#turns.get(team)?.find(({ order }) => order >= left.order) ?? null;
    if (turn === null && this.membersOf(team).length > 0) return left;
    return earlier(turn, stay.to);
  }

  /** Whether an entry's author was in a team as the server took it. */
  isOfTeam({ author, order }: Written, team: CircleId): boolean {
    const stays = this.#stays.get(team)?.get(personMember(author)) ?? [];
    return stays.some(({ from, to }) => from.order < order && (to === null || to.order > order));
  }

  /**
   * Whoever begins anew still holds their teams' keys on what they lost, until somebody of the team
   * makes its next one (docs/decisions/0015): where nobody else is in it, nobody ever does.
   */
  #turnAfter(team: CircleId, end: Moment | null): Moment | null {
    if (end === null) return null;
    return this.#turns.get(team)?.find(({ order }) => order > end.order) ?? null;
  }

  #take({ circle, k, entry, header: text, at, order, statement }: ItemRow): void {
    const header = JSON.parse(text) as Header;
    const now = { order, at, place: { circle, k } };
    if (!statement) {
      const { epoch, at: signedAt, team, author } = header;
      this.written.push({ circle, k, entry, author, epoch, order, signedAt, team });
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
    if (header.kind === 'member.removed') this.#leave(circle, facts['member'] as MemberId, now);
    const epoch = header.kind === 'epoch.opened' ? facts : facts['next'];
    if (epoch !== undefined && epoch !== null) this.#turn(circle, epoch, now);
  }

  /** The next epoch says who is left out of it. */
  #turn(circle: CircleId, { because, lapsed = [] }: Epoch, now: Moment): void {
    if (because === 'history-cut') {
      this.#cuts.set(circle, [...(this.#cuts.get(circle) ?? []), now.order]);
    }
    this.#turns.set(circle, [...(this.#turns.get(circle) ?? []), now]);
    for (const { member } of lapsed) this.#leave(circle, member, now);
  }

  #leave(circle: CircleId, member: MemberId, now: Moment): void {
    for (const stay of this.#stays.get(circle)?.get(member) ?? []) stay.to ??= now;
  }

  #enter(circle: CircleId, member: MemberId, now: Moment): void {
    const stays = this.#stays.get(circle)?.get(member) ?? [];
    this.#stays.get(circle)?.set(member, [...stays, { from: now, to: null }]);
  }
}

/** Whether somebody was let in as this self: neither before they began anew nor after. */
const isOf = ({ from, end }: Self, stay: Stay): boolean =>
  stay.from.order > from && (end === null || stay.from.order < end.order);

function earlier(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null) return b;
  return b === null || a.order <= b.order ? a : b;
}
