/**
 * Members who began a new identity: they are let in again by an admin's own act, or not at all.
 * Read from what this device verified: the circle's statements, and each person's log.
 */
import type { LapsedMember } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import {
  type CircleId,
  type EntryId,
  type MemberId,
  type PersonId,
  personMember,
} from '@liaison/contract/ids';
import { hasLapsed, lapsedIn } from '@liaison/contract/standing-rules';
import type { Directory } from '../directory.js';
import type { ReturningView } from '../face.recovery.js';
import type { People } from '../people.js';
import type { Self } from '../self.js';
import type { Outbox } from '../sync/outbox.js';
import type { Book } from './circle.book.js';
import type { Library } from './library.js';

export interface ReturningParts {
  readonly library: Library;
  readonly people: People;
  readonly directory: Directory;
  readonly self: Self;
  readonly outbox: Outbox;
  readonly newId: () => EntryId;
}

type Role = 'admin' | 'writer' | 'reader';

export class Returning {
  constructor(private readonly parts: ReturningParts) {}

  /** Those of a circle who wait for somebody to decide, each since their new beginning. */
  async of(circle: CircleId): Promise<ReturningView[]> {
    const { library, people, self, directory } = this.parts;
    if (!library.isOurs(circle)) return [];
    const book = await library.book(circle);
    const { state } = book;
    if (state === null) return [];
    const present = [...state.members.keys()].flatMap(personOf);
    await people.refresh([...present, ...leftOut(book)]);
    const gone = leftOut(book).filter((person) => !state.members.has(personMember(person)));
    const waiting = [...present.filter((person) => this.#isNewOne(state, person)), ...gone];
    const mayReadmit = (await this.#actingAdmin(state)) !== null;
    const others = [...new Set(waiting)].filter((person) => person !== self.person());
    return Promise.all(
      others.map(async (person) => {
        const log = people.known(person)?.log;
        const since = log?.statements[log.lastReset]?.at ?? 0;
        return { person: await directory.person(person), since, mayReadmit };
      }),
    );
  }

  /** Deliberate, circle by circle: the epoch without them first, then the statement that adds. */
  async readmit(circle: CircleId, person: PersonId): Promise<void> {
    const { library, outbox, newId, self } = this.parts;
    const { state } = await library.book(circle);
    const as = (state && (await this.#actingAdmin(state))) ?? self.member();
    const role: Role = state === null ? 'writer' : roleIn(state);
    const member = personMember(person);
    const steps = [{ do: 'add', circle, member, role } as const];
    await outbox.submit({ id: newId(), lane: circle, as, steps });
  }

  #isNewOne({ admitted }: CircleState, person: PersonId): boolean {
    const lastReset = this.parts.people.known(person)?.log.lastReset ?? -1;
    return hasLapsed(admitted, person, lastReset);
  }

  async #actingAdmin(state: CircleState): Promise<MemberId | null> {
    const mine = await this.parts.self.members();
    return mine.find((member) => state.members.get(member)?.role === 'admin') ?? null;
  }
}

const personOf = (member: MemberId): PersonId[] =>
  member.startsWith('p.') ? [member.slice(2) as PersonId] : [];

/** Whom epochs have left out, whoever came back since. */
function leftOut({ items }: Book): PersonId[] {
  const lapsed = items.flatMap(({ header, flaw }): LapsedMember[] =>
    flaw === null ? lapsedIn(header) : [],
  );
  return [...new Set(lapsed.flatMap(({ member }) => personOf(member)))];
}

/** As people are let into such a circle at first. */
function roleIn({ kind }: CircleState): Role {
  if (kind === 'team') return 'admin';
  return kind === 'community' ? 'reader' : 'writer';
}
