/**
 * Cursors: how far this device has received and this person has read, stated together after a short
 * wait, and what others have stated. Each statement is verified; only the furthest counts. When
 * somebody first had something is remembered here, since a later statement replaces the earlier.
 */
import { canonical, parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { LANE_ROUTES, LaneStatement, type LaneName, type WireLane } from '@liaison/contract/lane';
import type { Head } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { laneSigned } from '@liaison/contract/signing';
import { isAway } from '../away.js';
import type { Library } from '../circles/library.js';
import { orNull } from '../crypto/aead.js';
import { sign, verifyStrict } from '../crypto/signing.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { People } from '../people.js';
import { Turns } from '../store/pending.js';
import type { Vault } from '../vault.js';

/** Somebody's cursor, with every advance that was seen of it. */
export interface Cursor {
  readonly person: PersonId;
  readonly lane: LaneName;
  readonly upTo: Head;
  /** `[k, at]` of each advance seen, oldest first. */
  readonly advances: readonly (readonly [k: number, at: number])[];
  /** Our own, and the server does not know of it yet. */
  readonly due?: true;
}

interface Due {
  readonly circle: CircleId;
  readonly cursor: Cursor;
}

const ADVANCES_KEPT = 32;

const cursorKey = (circle: CircleId, person: PersonId, lane: LaneName): string =>
  `${circle}/${person}/${lane}`;

/** When a cursor first reached a position; null: not yet. */
export function reachedAt(cursor: Cursor, k: number): number | null {
  if (cursor.upTo.k < k) return null;
  return cursor.advances.find(([position]) => position >= k)?.[1] ?? null;
}

type Cursors = Map<CircleId, Map<string, Cursor>>;

export class Lanes {
  #known: Promise<Cursors> | null = null;
  readonly #heardAt = new Map<CircleId, number>();
  /** One after the other: whoever waits for one has waited for those on their way. */
  readonly #flushes = new Turns();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
    private readonly people: People,
    private readonly library: Library,
  ) {}

  /** Cursors of a circle as last heard. */
  async of(circle: CircleId): Promise<Cursor[]> {
    return [...((await this.#cursors()).get(circle)?.values() ?? [])];
  }

  async mine(circle: CircleId, lane: LaneName): Promise<Head | null> {
    const key = cursorKey(circle, this.vault.me(), lane);
    return (await this.#cursors()).get(circle)?.get(key)?.upTo ?? null;
  }

  /** States a cursor of this person soon, with the others that are due by then. */
  async advance(circle: CircleId, lane: LaneName, upTo: Head): Promise<void> {
    const at = this.ground.clock();
    if (await this.#keep(circle, { person: this.vault.me(), lane, upTo, at }, true)) {
      this.#timer ??= setTimeout(() => this.ground.aside(this.flush()), LIMITS.laneDelayMs.value);
    }
  }

  /** States what is due now. What does not leave stays due, also over a restart. */
  flush(): Promise<void> {
    return this.#flushes.take(() => this.#flush());
  }

  async #flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const due = [...(await this.#cursors())].flatMap(([circle, cursors]) =>
      [...cursors.values()].filter((one) => one.due === true).map((cursor) => ({ circle, cursor })),
    );
    const size = LIMITS.pageItems.value;
    for (let at = 0; at < due.length; at += size) await this.#state(due.slice(at, at + size));
  }

  /** Hears the cursors of a circle, where its kind shows them. */
  async hear(circle: CircleId): Promise<void> {
    this.#heardAt.set(circle, this.ground.clock());
    const input = { params: { circle } };
    const { lanes } = await this.ground.api.call(LANE_ROUTES.circleLanes, input);
    let moved = false;
    for (const lane of lanes) moved = (await this.#take(circle, lane)) || moved;
    if (moved) this.ground.changes.tell({ what: 'circle', circle });
  }

  /** For somebody who looks at a circle: without a socket nobody tells us that cursors moved. */
  async freshen(circle: CircleId): Promise<void> {
    const heardAt = this.#heardAt.get(circle) ?? 0;
    if (this.ground.clock() - heardAt >= LIMITS.pollMs.value) await this.hear(circle);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** One that the server refuses, as of a circle that we left, does not hold back the others. */
  async #state(due: readonly Due[]): Promise<void> {
    try {
      const lanes = due.map((one) => this.#signed(one));
      await this.ground.api.call(LANE_ROUTES.putLanes, { body: { lanes } });
      await this.#stated(due);
    } catch (error) {
      if (error instanceof Fault || isAway(error)) return;
      if (!(error instanceof Problem)) throw error;
      if (due.length === 1) await this.#stated(due);
      else for (const one of due) await this.#state([one]);
    }
  }

  async #stated(due: readonly Due[]): Promise<void> {
    const known = await this.#cursors();
    await this.ground.store.transaction((tx) => {
      for (const { circle, cursor } of due) {
        const key = cursorKey(circle, cursor.person, cursor.lane);
        // It went further while the server answered: that is due still.
        if (known.get(circle)?.get(key) !== cursor) continue;
        const { person, lane, upTo, advances } = cursor;
        note(known, circle, key, { person, lane, upTo, advances });
        tx.put('lanes', key, { person, lane, upTo, advances });
      }
    });
  }

  #signed({ circle, cursor: { lane, upTo } }: Due): WireLane {
    const { device, lease, signing } = this.vault.device();
    const text = canonical({
      v: 1,
      origin: this.ground.origin,
      circle,
      lane,
      person: this.vault.me(),
      device,
      lease,
      upTo,
      at: this.ground.clock(),
    });
    return { text, signature: sign(signing.secretKey, laneSigned(this.ground.origin, text)) };
  }

  /** Whether it tells something new. */
  async #take(circle: CircleId, lane: WireLane): Promise<boolean> {
    const parsed = LaneStatement.safeParse(orNull(() => parseCanonical(lane.text)));
    if (!parsed.success || parsed.data.circle !== circle) return false;
    const said = parsed.data;
    const { history } = (await this.library.book(circle)).replay;
    // Who names another past than ours has not received what stands here.
    if ((history.chainAt(said.upTo.k) ?? said.upTo.h) !== said.upTo.h) return false;
    const key = await this.people.signingKey(said.person, said);
    const signed = laneSigned(this.ground.origin, lane.text);
    if (key === null || !verifyStrict(key, signed, lane.signature)) return false;
    return this.#keep(circle, said);
  }

  async #keep(
    circle: CircleId,
    said: { person: PersonId; lane: LaneName; upTo: Head; at: number },
    due = false,
  ): Promise<boolean> {
    const { person, lane, upTo, at } = said;
    const cursors = await this.#cursors();
    const key = cursorKey(circle, person, lane);
    const before = cursors.get(circle)?.get(key);
    if (before !== undefined && before.upTo.k >= upTo.k) return false;
    const advances = [...(before?.advances ?? []), [upTo.k, at] as const].slice(-ADVANCES_KEPT);
    const cursor: Cursor = { person, lane, upTo, advances, ...(due && { due: true }) };
    note(cursors, circle, key, cursor);
    await this.ground.store.transaction((tx) => {
      tx.put('lanes', key, cursor);
    });
    return true;
  }

  /** All of them, read at once at the first need: screens ask for those of every handoff. */
  #cursors(): Promise<Cursors> {
    this.#known ??= this.ground.store.scan<Cursor>('lanes', '').then((rows) => {
      const cursors: Cursors = new Map();
      for (const [key, cursor] of rows) {
        note(cursors, key.slice(0, key.indexOf('/')) as CircleId, key, cursor);
      }
      return cursors;
    });
    return this.#known;
  }
}

function note(cursors: Cursors, circle: CircleId, key: string, cursor: Cursor): void {
  const there = cursors.get(circle) ?? new Map<string, Cursor>();
  cursors.set(circle, there.set(key, cursor));
}
