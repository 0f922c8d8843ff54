/**
 * Cursors: how far this device has received and this person has read, stated together after a short
 * wait, and what others have stated. Each statement is verified; only the furthest counts. When
 * somebody first had something is remembered here, since a later statement replaces the earlier.
 */
import { canonical, parseCanonical } from '@liaison/contract/encoding';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { LANE_ROUTES, LaneStatement, type LaneName, type WireLane } from '@liaison/contract/lane';
import type { Head } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { laneSigned } from '@liaison/contract/signing';
import type { Library } from '../circles/library.js';
import { orNull } from '../crypto/aead.js';
import { sign, verifyStrict } from '../crypto/signing.js';
import type { Ground } from '../ground.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';

/** Somebody's cursor, with every advance that was seen of it. */
export interface Cursor {
  readonly person: PersonId;
  readonly lane: LaneName;
  readonly upTo: Head;
  /** `[k, at]` of each advance seen, oldest first. */
  readonly advances: readonly (readonly [k: number, at: number])[];
}

const ADVANCES_KEPT = 32;

const cursorKey = (circle: CircleId, person: PersonId, lane: LaneName): string =>
  `${circle}/${person}/${lane}`;

/** When a cursor first reached a position; null: not yet. */
export function reachedAt(cursor: Cursor, k: number): number | null {
  if (cursor.upTo.k < k) return null;
  return cursor.advances.find(([position]) => position >= k)?.[1] ?? null;
}

export class Lanes {
  readonly #due = new Map<string, { circle: CircleId; lane: LaneName; upTo: Head }>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly ground: Ground,
    private readonly vault: Vault,
    private readonly people: People,
    private readonly library: Library,
  ) {}

  /** Cursors of a circle as last heard. */
  async of(circle: CircleId): Promise<Cursor[]> {
    const rows = await this.ground.store.scan<Cursor>('lanes', `${circle}/`);
    return rows.map(([, cursor]) => cursor);
  }

  async mine(circle: CircleId, lane: LaneName): Promise<Head | null> {
    const key = cursorKey(circle, this.vault.me(), lane);
    return (await this.ground.store.get<Cursor>('lanes', key))?.upTo ?? null;
  }

  /** States a cursor of this person soon, with the others that are due by then. */
  async advance(circle: CircleId, lane: LaneName, upTo: Head): Promise<void> {
    const before = await this.mine(circle, lane);
    if (before !== null && before.k >= upTo.k) return;
    const at = this.ground.clock();
    await this.#keep(circle, { person: this.vault.me(), lane, upTo, at });
    this.#due.set(`${circle}/${lane}`, { circle, lane, upTo });
    this.#timer ??= setTimeout(() => void this.flush(), LIMITS.laneDelayMs.value);
  }

  /** States what is due now. What does not leave stays due for the next time. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const due = [...this.#due].slice(0, LIMITS.pageItems.value);
    if (due.length === 0) return;
    try {
      const lanes = due.map(([, wish]) => this.#signed(wish));
      await this.ground.api.call(LANE_ROUTES.putLanes, { body: { lanes } });
      for (const [key, wish] of due) if (this.#due.get(key) === wish) this.#due.delete(key);
    } catch (error) {
      // A cursor is no entry: a later one covers it, so a refusal costs nothing but delay.
      if (!(error instanceof Error)) throw error;
    }
  }

  /** Hears the cursors of a circle, where its kind shows them. */
  async hear(circle: CircleId): Promise<void> {
    const input = { params: { circle } };
    const { lanes } = await this.ground.api.call(LANE_ROUTES.circleLanes, input);
    for (const lane of lanes) await this.#take(circle, lane);
    this.ground.changes.tell({ what: 'circle', circle });
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #signed(wish: { circle: CircleId; lane: LaneName; upTo: Head }): WireLane {
    const { device, signing } = this.vault.device();
    const text = canonical({
      v: 1,
      origin: this.ground.origin,
      circle: wish.circle,
      lane: wish.lane,
      person: this.vault.me(),
      device,
      upTo: wish.upTo,
      at: this.ground.clock(),
    });
    return { text, signature: sign(signing.secretKey, laneSigned(this.ground.origin, text)) };
  }

  async #take(circle: CircleId, lane: WireLane): Promise<void> {
    const parsed = LaneStatement.safeParse(orNull(() => parseCanonical(lane.text)));
    if (!parsed.success || parsed.data.circle !== circle) return;
    const said = parsed.data;
    const { history } = (await this.library.book(circle)).replay;
    // Who names another past than ours has not received what stands here.
    if ((history.chainAt(said.upTo.k) ?? said.upTo.h) !== said.upTo.h) return;
    const key = await this.people.signingKey(said.person, said.device);
    if (
      key === null ||
      !verifyStrict(key, laneSigned(this.ground.origin, lane.text), lane.signature)
    )
      return;
    await this.#keep(circle, said);
  }

  async #keep(
    circle: CircleId,
    said: { person: PersonId; lane: LaneName; upTo: Head; at: number },
  ): Promise<void> {
    const key = cursorKey(circle, said.person, said.lane);
    await this.ground.store.transaction(async (tx) => {
      const before = await tx.get<Cursor>('lanes', key);
      if (before !== undefined && before.upTo.k >= said.upTo.k) return;
      const advances = [...(before?.advances ?? []), [said.upTo.k, said.at] as const];
      const { person, lane, upTo } = said;
      tx.put('lanes', key, { person, lane, upTo, advances: advances.slice(-ADVANCES_KEPT) });
    });
  }
}
