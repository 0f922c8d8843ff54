/**
 * Resume and catch up: the list of circles tells what moved, each circle is fetched after its own
 * cursor. Teams come first, since their keys open the others; then the newest. What is pushed is
 * applied at once when it is next, otherwise the gap is fetched.
 */
import { CIRCLE_ROUTES, type CircleSummary } from '@liaison/contract/circle-routes';
import { Problem } from '@liaison/contract/errors';
import type { CircleId } from '@liaison/contract/ids';
import type { Head, WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import type { Book } from '../circles/circle.book.js';
import type { Library } from '../circles/library.js';
import type { EvidenceRoom } from '../evidence.js';
import { Fault, type FaultCode } from '../fault.js';
import type { Ground } from '../ground.js';
import type { Intake } from './intake.js';
import type { Lanes } from './lanes.js';

/** Circles fetched at the same time. */
const WIDTH = 4;
const FIRST: readonly CircleSummary['kind'][] = ['team', 'sector', 'community'];

/** What is wrong with one circle's answers blocks that circle, and no other. */
const CONTAINED: readonly FaultCode[] = ['log-broken', 'reply-invalid'];

export class Sync {
  #resuming: Promise<void> | null = null;
  /** Pushed items whose turn has not come, by circle, while others of it are taken. */
  readonly #arrived = new Map<CircleId, WireItem[]>();

  constructor(
    private readonly ground: Ground,
    private readonly library: Library,
    private readonly intake: Intake,
    private readonly lanes: Lanes,
    private readonly evidence: EvidenceRoom,
  ) {}

  /** Everything that moved since last time. Calls at the same time share one resume. */
  resume(): Promise<void> {
    this.#resuming ??= this.#resume().finally(() => {
      this.#resuming = null;
    });
    return this.#resuming;
  }

  /** Fetches what a circle has after our cursor; nothing where we are out of it by now. */
  async catchUp(circle: CircleId): Promise<void> {
    try {
      await this.#catchUp(circle);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'circle_unknown') throw error;
      this.library.leave(circle);
    }
  }

  async #catchUp(circle: CircleId): Promise<void> {
    const book = await this.library.book(circle);
    for (;;) {
      // Our own head may move while the server answers: it is judged by what was known before.
      const ours = book.head;
      const query = { after: ours.k, limit: LIMITS.pageItems.value };
      const page = await this.ground.api.call(CIRCLE_ROUTES.items, { params: { circle }, query });
      const taken = await this.intake.take(circle, page.items);
      if (taken === 'stopped') break;
      const lie = taken === 'gap' ? 'gap' : lieOf(book, ours, page);
      if (lie !== null) {
        await this.evidence.record(circle, lie, 'page', { ours, page });
        break;
      }
      if (book.head.k < page.head.k) continue;
      if (await this.#asksForMissing(book)) continue;
      if (book.missing.size > 0) await this.#withheld(book);
      else await this.evidence.heal(circle);
      break;
    }
    if (book.head.k >= 0) await this.lanes.advance(circle, 'received', book.head);
  }

  /**
   * Bodies that were not given although nobody erased them are asked for again, one by one. True
   * where the circle has moved: the word that erased them may be what came.
   */
  async #asksForMissing(book: Book): Promise<boolean> {
    const { circle } = book;
    for (const k of [...book.missing].slice(0, LIMITS.pageItems.value)) {
      const input = { params: { circle }, query: { after: k - 1, limit: 1 } };
      const page = await this.ground.api.call(CIRCLE_ROUTES.items, input);
      await this.intake.mend(circle, page.items);
      if (page.head.k > book.head.k) return true;
    }
    return false;
  }

  /** A server that says a body was destroyed has no signed word for it. */
  #withheld(book: Book): Promise<void> {
    const places = [...book.missing];
    const why = `at position ${String(places[0])}`;
    return this.evidence.record(book.circle, 'body-withheld', why, { places, head: book.head });
  }

  /**
   * Pushed items: taken together with those that arrive while others are being verified. Only a gap
   * before them is asked for. One of another circle is a server's mistake that the cursor mends.
   */
  async pushed(circle: CircleId, items: readonly WireItem[]): Promise<void> {
    const own = items.filter((item) => item.circle === circle);
    const waiting = this.#arrived.get(circle);
    if (waiting !== undefined) {
      waiting.push(...own);
      return;
    }
    const arrived = [...own];
    this.#arrived.set(circle, arrived);
    try {
      while (arrived.length > 0) await this.#takeArrived(circle, arrived.splice(0));
    } finally {
      this.#arrived.delete(circle);
    }
  }

  async #takeArrived(circle: CircleId, items: readonly WireItem[]): Promise<void> {
    const book = await this.library.book(circle);
    const fresh = items.filter(({ k }) => k > book.head.k).sort((a, b) => a.k - b.k);
    if (fresh.length === 0) return;
    const run = runAfter(book.head.k, fresh);
    if (run.length === 0) return this.catchUp(circle);
    const taken = await this.intake.take(circle, run);
    const last = fresh.at(-1)?.k ?? 0;
    if (taken === 'gap' || (taken === 'all' && book.head.k < last)) await this.catchUp(circle);
    else if (taken === 'all') await this.lanes.advance(circle, 'received', book.head);
  }

  async #resume(): Promise<void> {
    const teams = this.library.ofKind('team', 'sector');
    const circles = await this.#list();
    for (const { circle } of circles) this.library.enter(circle);
    const listed = new Set(circles.map(({ circle }) => circle));
    for (const team of teams) if (!listed.has(team)) this.library.leave(team);
    const first = circles.filter(({ kind }) => FIRST.includes(kind));
    for (const summary of first) await this.#follow(summary);
    const rest = circles.filter(({ kind }) => !FIRST.includes(kind));
    const queue = rest[Symbol.iterator]();
    await Promise.all(Array.from({ length: WIDTH }, () => this.#followAll(queue)));
  }

  async #followAll(queue: Iterator<CircleSummary>): Promise<void> {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      await this.#follow(next.value);
    }
  }

  async #follow(summary: CircleSummary): Promise<void> {
    const book = await this.library.book(summary.circle);
    const isSame = book.head.k === summary.head.k && book.head.h === summary.head.h;
    if (isSame && book.missing.size === 0) {
      return this.evidence.heal(summary.circle);
    }
    try {
      await this.catchUp(summary.circle);
    } catch (error) {
      if (!(error instanceof Fault) || !CONTAINED.includes(error.code)) throw error;
      await this.evidence.record(summary.circle, error.code, error.why, { summary });
    }
  }

  async #list(): Promise<CircleSummary[]> {
    const circles: CircleSummary[] = [];
    let from: CircleId | null = null;
    do {
      const query: { from?: CircleId } = from === null ? {} : { from };
      const page: { circles: CircleSummary[]; next: CircleId | null } = await this.ground.api.call(
        CIRCLE_ROUTES.circles,
        { query },
      );
      circles.push(...page.circles);
      from = page.next;
    } while (from !== null);
    return circles;
  }
}

/** The items that follow a position without a gap. */
function runAfter(k: number, sorted: readonly WireItem[]): WireItem[] {
  const run: WireItem[] = [];
  for (const item of sorted) if (item.k === k + run.length + 1) run.push(item);
  return run;
}

interface Page {
  readonly items: readonly WireItem[];
  readonly head: Head;
}

/**
 * What a page shows that no honest server could answer, once its items were taken: an end before
 * what was read, items named and withheld, or another past than ours.
 */
function lieOf(
  book: Book,
  ours: Head,
  { items, head }: Page,
): 'rolled-back' | 'gap' | 'fork' | null {
  if (head.k < ours.k || (head.k === ours.k && head.h !== ours.h)) return 'rolled-back';
  if (items.length === 0 && head.k > ours.k) return 'gap';
  const here = head.k <= book.head.k ? book.replay.history.chainAt(head.k) : null;
  return here === null || here === head.h ? null : 'fork';
}
