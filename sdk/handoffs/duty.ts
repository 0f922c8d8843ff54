/**
 * Who answers for a team now and next, as its own log says it: declared by its members, for a time.
 * Only members read it; whoever is in the team no more answers for nothing.
 */
import { type Holding, holdingOf, shiftsFrom } from '@liaison/contract/holder';
import { type CircleId, type EntryId, type PersonId, personMember } from '@liaison/contract/ids';
import type { Book } from '../circles/circle.book.js';
import type { Library } from '../circles/library.js';
import type { Directory } from '../directory.js';
import type { DutyView, ShiftView } from '../face.care.js';
import { Fault } from '../fault.js';
import type { Self } from '../self.js';
import type { EntryStep } from '../sync/act.js';
import type { Outbox } from '../sync/outbox.js';

interface DutyParts {
  readonly library: Library;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly self: Self;
  readonly newId: () => EntryId;
  readonly clock: () => number;
}

export class Duty {
  constructor(private readonly parts: DutyParts) {}

  /** Null where the team is not the person's own: its log is not theirs to read. */
  async of(team: CircleId): Promise<DutyView | null> {
    const { library, self, clock } = this.parts;
    if (!(await self.teams()).includes(team)) return null;
    const instant = clock();
    const shifts = shiftsFrom(declaredIn(await library.book(team)), instant);
    const views = await Promise.all(shifts.map((shift) => this.#view(shift)));
    const [now = null] = views.filter(({ from }) => from <= instant);
    return { now, next: views.filter((view) => view !== now) };
  }

  /** `person` null: the whole team answers again. */
  async declare(
    team: CircleId,
    person: PersonId | null,
    from: number,
    until: number,
  ): Promise<void> {
    const { outbox, self, newId } = this.parts;
    if (until <= from) throw new Fault('not-ready', 'a shift ends after it begins');
    const facts = { person, from, until };
    const kind = 'holder.declared';
    const step: EntryStep = {
      ...{ do: 'entry', circle: team, id: newId(), kind, facts },
      body: { note: '' },
    };
    await outbox.submit({ id: step.id, lane: team, as: self.member(), steps: [step] });
  }

  async #view({ person, from, until }: Holding): Promise<ShiftView> {
    if (person === null) throw new Error('duty: a shift is somebody’s');
    return { person: await this.parts.directory.person(person), from, until };
  }
}

/** In the order of the log; where somebody has left since, the whole team answers. */
function declaredIn({ items, state }: Book): Holding[] {
  return items.flatMap(({ header, flaw }) => {
    const holding = flaw === null ? holdingOf(header) : null;
    if (holding === null) return [];
    if (holding.person === null) return holding;
    const isHere = state?.members.has(personMember(holding.person)) === true;
    return isHere ? holding : { ...holding, person: null };
  });
}
