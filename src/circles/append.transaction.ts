/**
 * One transaction that appends a group of submissions: heads are locked in one order, items judged
 * in memory, then everything written at once. Across processes that lock is the only coordination.
 *
 * A group holds submissions that can fail one by one, before anything is written. What fails later
 * (a feature's rule) fails the transaction; the caller runs each submission again alone.
 */
import { Problem } from '@liaison/contract/errors';
import { type CircleId, type PersonId, personMember, ZERO_HASH } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../events/domain-event.js';
import { Outbox } from '../events/outbox.js';
import { IdentityAppend } from '../devices/identity.append.js';
import { IdentityLogs } from '../devices/identity.logs.js';
import { Clock } from '../platform/clock/clock.js';
import { Database, type Transaction } from '../platform/database/database.js';
import {
  beginCircles,
  holdTeams,
  type KnownRow,
  lockHeads,
  readCircleHeads,
  readKnown,
  writeItems,
} from './append.rows.js';
import { CircleProjection, type MembersChange } from './circle.projection.js';
import { mustHaveRoom } from './circle.room.js';
import { CircleStates } from './circle.states.js';
import { CircleWork } from './circle.work.js';
import { type AppendedItem, EntryRules } from './entry-rule.js';
import { judgeItem } from './item.judge.js';
import type { Place, PlacedItem } from './placed-item.js';
import type { PreparedItem } from './prepared-item.js';
import {
  begunBy,
  circlesOf,
  peopleIn,
  type Submission,
  teamsIn,
  teamsTakenIn,
} from './submission.js';
import type { Surroundings } from './surroundings.js';

export type Outcome =
  | { readonly ok: true; readonly places: readonly Place[] }
  | { readonly ok: false; readonly problem: Problem };

/** What became durable: one outcome a submission, and what to push to whom. */
export interface Appended {
  readonly outcomes: readonly Outcome[];
  readonly placed: readonly PlacedItem[];
  readonly people: ReadonlyMap<CircleId, readonly PersonId[]>;
  readonly changed: MembersChange;
}

/** The work of one transaction. */
interface Bench {
  readonly works: ReadonlyMap<CircleId, CircleWork>;
  readonly known: ReadonlyMap<PreparedItem, KnownRow>;
  readonly around: Surroundings;
}

@Injectable()
export class AppendTransaction {
  constructor(
    private readonly database: Database,
    private readonly states: CircleStates,
    private readonly logs: IdentityLogs,
    private readonly identities: IdentityAppend,
    private readonly projection: CircleProjection,
    private readonly rules: EntryRules,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Runs a group. A submission of several items, or with identity statements, comes alone. */
  run(group: readonly Submission[]): Promise<Appended> {
    return this.database.transaction(async (on) => {
      const bench = await this.prepare(on, group);
      const outcomes: Outcome[] = [];
      for (const submission of group) {
        outcomes.push(await this.place(on, submission, bench, group.length === 1));
      }
      return this.write(on, bench, outcomes);
    });
  }

  private async prepare(on: Transaction, group: readonly Submission[]): Promise<Bench> {
    const items = group.flatMap((submission) => submission.items);
    for (const { identity, owner } of group) {
      if (identity !== null) await this.identities.append(on, owner, identity);
    }
    const circles = circlesOf(items).sort();
    await mustHaveRoom(on, group);
    await beginCircles(on, begunBy(items), ZERO_HASH);
    const heads = await lockHeads(on, circles);
    const apart = (team: CircleId): boolean => !circles.includes(team);
    await holdTeams(on, teamsTakenIn(items).filter(apart));
    const beside = await readCircleHeads(on, teamsIn(items).filter(apart));
    const states = await this.states.load(on, [...heads, ...beside]);
    const identities = await this.logs.views(on, peopleIn(items));
    const works = new Map(
      heads.map((row) => [row.circle, new CircleWork(row, states.get(row.circle) ?? null)]),
    );
    for (const { circle, k } of beside) {
      const state = states.get(circle);
      if (state) this.states.remember(circle, k, state);
    }
    return {
      works,
      known: await this.lookUp(on, items, works),
      around: {
        now: this.clock.now(),
        identity: (person) => identities.get(person) ?? null,
        circle: (circle) => works.get(circle)?.state ?? states.get(circle) ?? null,
      },
    };
  }

  /** What the rows say about each item; true hashes and counters go into the circles' works. */
  private async lookUp(
    on: Transaction,
    items: readonly PreparedItem[],
    works: ReadonlyMap<CircleId, CircleWork>,
  ): Promise<Map<PreparedItem, KnownRow>> {
    const rows = await readKnown(
      on,
      items.map(({ circle, header }) => ({
        circle,
        entry: header.id,
        device: header.device,
        seen: works.get(circle)?.knows(header.seen.k) ? null : header.seen.k,
      })),
    );
    const known = new Map<PreparedItem, KnownRow>();
    items.forEach((item, i) => {
      const row = rows[i];
      const work = works.get(item.circle);
      if (row === undefined || work === undefined) return;
      known.set(item, row);
      if (row.seenH !== null) work.know(item.header.seen.k, row.seenH);
      if (row.incarnation !== null && row.counter !== null) {
        work.count(item.header.device, { inc: row.incarnation, n: row.counter });
      }
    });
    return known;
  }

  /** Alone, a refusal undoes the transaction; in a group it is this submission's own outcome. */
  private async place(
    on: Transaction,
    submission: Submission,
    bench: Bench,
    alone: boolean,
  ): Promise<Outcome> {
    try {
      const places = submission.items.map((item) => placeItem(item, bench));
      return { ok: true, places };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const problem = await this.discreet(on, submission, error);
      if (alone) throw problem;
      return { ok: false, problem };
    }
  }

  /** Whoever was never a member is not told that the circle exists. */
  private async discreet(on: Transaction, { items, owner }: Submission, problem: Problem) {
    if (problem.code !== 'not_a_member') return problem;
    const circles = circlesOf(items);
    const known = await this.projection.wasEverIn(on, personMember(owner.person), circles);
    return known ? problem : new Problem('circle_unknown');
  }

  private async write(
    on: Transaction,
    bench: Bench,
    outcomes: readonly Outcome[],
  ): Promise<Appended> {
    const works = [...bench.works.values()].filter(({ placed }) => placed.length > 0);
    const placed = works.flatMap((work) => work.placed);
    const people = new Map<CircleId, readonly PersonId[]>();
    if (placed.length === 0) return { outcomes, placed, people, changed: new Set() };
    await writeItems(
      on,
      placed,
      works.flatMap((work) => work.counterRows()),
      works.map((work) => work.headRow()),
    );
    const changed = await this.projection.apply(on, works);
    await this.tell(on, placed);
    on.afterCommit(() => {
      for (const { circle, head, state } of works) {
        if (state !== null) this.states.remember(circle, head.k, state);
      }
    });
    const circles = works.map(({ circle }) => circle);
    const readers = await this.projection.peopleOf(on, circles, bench.around.now);
    return { outcomes, placed, people: readers, changed };
  }

  /** Features' rules and events, last: they see rows as they will be. */
  private async tell(on: Transaction, placed: readonly PlacedItem[]): Promise<void> {
    const events: DomainEvent[] = placed.map(toEvent);
    const announce = (event: DomainEvent): void => {
      events.push(event);
    };
    await this.rules.apply(
      on,
      placed.map((item) => toAppended(item, announce)),
    );
    await this.outbox.record(on, ...events);
  }
}

function placeItem(item: PreparedItem, bench: Bench): Place {
  const work = bench.works.get(item.circle);
  if (work === undefined) throw new Problem('circle_unknown');
  const stored = storedPlace(item, bench.known.get(item)) ?? placedTwin(item, work);
  if (stored !== null) return stored;
  const placed = judgeItem(work, item, bench.around);
  work.place(placed);
  return placed;
}

const same = (item: PreparedItem, text: string | null, signature: string | null): boolean =>
  item.text === text && item.signature === signature;

/** The place of an item that was sent again; the same id with other bytes is refused. */
function storedPlace(item: PreparedItem, row: KnownRow | undefined): Place | null {
  if (row === undefined || row.k === null || row.h === null || row.takenAt === null) return null;
  if (!same(item, row.header, row.signature)) throw new Problem('item_id_reused');
  return { circle: item.circle, k: row.k, h: row.h, at: row.takenAt };
}

/** The same for an item that came twice in one group. */
function placedTwin(item: PreparedItem, work: CircleWork): Place | null {
  const twin = work.placed.find((placed) => placed.item.header.id === item.header.id);
  if (twin === undefined) return null;
  if (!same(item, twin.item.text, twin.item.signature)) throw new Problem('item_id_reused');
  return twin;
}

function toEvent({ item, circle, k, h, actor }: PlacedItem): DomainEvent {
  const { kind, id, author, device } = item.header;
  return { type: 'item.appended', circle, k, h, kind, entry: id, author, device, actor };
}

function toAppended(
  { item, circle, k, h, actor, at, state }: PlacedItem,
  announce: AppendedItem['announce'],
): AppendedItem {
  const { header } = item;
  const { facts } = header;
  return { circle, kind: state.kind, k, h, header, facts, actor, at, state, announce };
}
