/** All circles of this device, each read from the store once and then held in memory. */
import type { CircleId, Origin } from '@liaison/contract/ids';
import type { CircleKind } from '@liaison/contract/circle';
import type { Reads } from '../store/store.js';
import { Turns } from '../store/pending.js';
import { type Book, type KeptCircle, readBook } from './circle.book.js';

export class Library {
  readonly #books = new Map<CircleId, Promise<Book>>();
  readonly #turns = new Map<CircleId, Turns>();
  readonly #kinds = new Map<CircleId, CircleKind>();
  readonly #left = new Set<CircleId>();

  constructor(
    private readonly reads: Reads,
    private readonly origin: Origin,
  ) {}

  /** Which circles there are, before any is read whole. */
  async open(): Promise<void> {
    for (const [circle, kept] of await this.reads.scan<KeptCircle>('circles', '')) {
      if (kept.state !== null) this.#kinds.set(circle as CircleId, kept.state.kind);
    }
  }

  book(circle: CircleId): Promise<Book> {
    const known = this.#books.get(circle);
    if (known !== undefined) return known;
    const book = readBook(this.reads, circle, this.origin);
    this.#books.set(circle, book);
    return book;
  }

  has(circle: CircleId): boolean {
    return this.#kinds.has(circle);
  }

  /** Whether the server still serves it whole to us, as far as we know. */
  isOurs(circle: CircleId): boolean {
    return this.has(circle) && !this.#left.has(circle);
  }

  /** We are out of it: what was read stays, what comes after is no longer ours. */
  leave(circle: CircleId): void {
    this.#left.add(circle);
  }

  /** The server lists it for us: we are in it, perhaps again. */
  enter(circle: CircleId): void {
    this.#left.delete(circle);
  }

  /** A circle took its first verified items. */
  note(circle: CircleId, kind: CircleKind): void {
    this.#kinds.set(circle, kind);
  }

  kindOf(circle: CircleId): CircleKind | null {
    return this.#kinds.get(circle) ?? null;
  }

  ofKind(...kinds: readonly CircleKind[]): CircleId[] {
    return [...this.#kinds].filter(([, kind]) => kinds.includes(kind)).map(([circle]) => circle);
  }

  /** One change of a circle after the other. */
  inTurn<T>(circle: CircleId, work: () => Promise<T>): Promise<T> {
    const turns = this.#turns.get(circle) ?? new Turns();
    this.#turns.set(circle, turns);
    return turns.take(work);
  }
}
