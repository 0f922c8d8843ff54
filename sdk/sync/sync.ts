/**
 * Resume and catch up: the list of circles tells what moved, each circle is fetched after its own
 * cursor. Teams come first, since their keys open the others; then the newest. What is pushed is
 * applied at once when it is next, otherwise the gap is fetched.
 */
import { CIRCLE_ROUTES, type CircleSummary } from '@liaison/contract/circle-routes';
import { Problem } from '@liaison/contract/errors';
import type { CircleId } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import type { Library } from '../circles/library.js';
import type { EvidenceRoom } from '../evidence.js';
import type { Ground } from '../ground.js';
import type { Intake } from './intake.js';
import type { Lanes } from './lanes.js';

/** Circles fetched at the same time. */
const WIDTH = 4;
const FIRST: readonly CircleSummary['kind'][] = ['team', 'sector', 'community'];

export class Sync {
  #resuming: Promise<void> | null = null;

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

  /** Fetches what a circle has after our cursor. */
  async catchUp(circle: CircleId): Promise<void> {
    const book = await this.library.book(circle);
    for (;;) {
      const input = {
        params: { circle },
        query: { after: book.head.k, limit: LIMITS.pageItems.value },
      };
      const { items, head } = await this.ground.api.call(CIRCLE_ROUTES.items, input);
      const rolledBack = head.k < book.head.k || (head.k === book.head.k && head.h !== book.head.h);
      if (rolledBack && items.length === 0) {
        await this.evidence.record(circle, 'rolled-back', 'head', {
          ours: book.head,
          theirs: head,
        });
        return;
      }
      const taken = await this.intake.take(circle, items);
      if (items.length === 0 || taken !== 'all') break;
      if (book.head.k >= head.k) break;
    }
    if (book.head.k >= 0) await this.lanes.advance(circle, 'received', book.head);
  }

  /** A pushed item: applied when it is next, else its circle is caught up. */
  async pushed(item: WireItem): Promise<void> {
    const book = await this.library.book(item.circle);
    if (item.k <= book.head.k) return;
    const isNext = item.k === book.head.k + 1;
    const taken = isNext ? await this.intake.take(item.circle, [item]) : 'gap';
    if (taken === 'all') await this.lanes.advance(item.circle, 'received', book.head);
    else if (taken === 'gap') await this.catchUp(item.circle);
  }

  async #resume(): Promise<void> {
    const circles = await this.#list();
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
    if (book.head.k === summary.head.k && book.head.h === summary.head.h) return;
    try {
      await this.catchUp(summary.circle);
    } catch (error) {
      // Left or closed since the list was made: its circle is no longer ours to read.
      if (!(error instanceof Problem) || error.code !== 'circle_unknown') throw error;
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
