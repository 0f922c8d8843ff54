/**
 * Takes served items in: replays them against everything known, keeps items and cursor in one
 * transaction, and stops a circle at the first item that an honest server could not have served.
 * Logs that an item cites and that are not known yet are fetched first.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import type { CircleId, Hash, PersonId } from '@liaison/contract/ids';
import type { Receipt, WireItem } from '@liaison/contract/item';
import {
  type Book,
  itemKey,
  type KeptCircle,
  type KeptItem,
  keptItem,
  keptState,
} from '../circles/circle.book.js';
import type { Library } from '../circles/library.js';
import type { Teams } from '../circles/teams.js';
import { changesIn } from '../changes.js';
import type { Checkpoints } from '../checkpoints.js';
import { orNull } from '../crypto/aead.js';
import { bodyHash } from '../crypto/body.js';
import type { Change } from '../face.js';
import type { EvidenceRoom } from '../evidence.js';
import type { Ground } from '../ground.js';
import {
  type Lookups,
  type Membership,
  type Missing,
  type ReadItem,
  citedAuthors,
  readItem,
  replayRead,
  withMembership,
} from '../logs/circle-log.js';
import { headAfterHash } from '../logs/circle-history.js';
import type { People } from '../people.js';
import type { Write } from '../store/store.js';

/** `gap`: something before these items is missing. `stopped`: the circle goes no further now. */
export type Taken = 'all' | 'gap' | 'stopped';

export interface IntakeParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly people: People;
  readonly teams: Teams;
  readonly evidence: EvidenceRoom;
  readonly checkpoints: Checkpoints;
}

/** A missing log is fetched a few times at most: what stays missing is the server's silence. */
const FETCHES = 3;

export class Intake {
  /** Receipts whose item has not come back yet. */
  readonly #receipts = new Map<string, Receipt>();
  readonly #teams = new Map<CircleId, readonly Membership[]>();

  constructor(private readonly parts: IntakeParts) {}

  /** Something of a circle was erased: set by whoever holds its keys. */
  erased: (book: Book) => Promise<void> = () => Promise.resolve();

  async open(): Promise<void> {
    const { store } = this.parts.ground;
    for (const [key, receipt] of await store.scan<Receipt>('receipts', '')) {
      const known = await store.get('items', key);
      if (known === undefined) this.#receipts.set(key, receipt);
    }
  }

  /** The server's word on one of our items: what it serves later must agree. */
  async expect(receipts: readonly Receipt[]): Promise<void> {
    await this.parts.ground.store.transaction((tx) => {
      for (const receipt of receipts)
        tx.put('receipts', itemKey(receipt.circle, receipt.k), receipt);
    });
    for (const receipt of receipts) this.#receipts.set(itemKey(receipt.circle, receipt.k), receipt);
  }

  take(circle: CircleId, items: readonly WireItem[]): Promise<Taken> {
    return this.parts.library.inTurn(circle, async () => {
      const book = await this.parts.library.book(circle);
      const next = items.filter((item) => item.k > book.head.k);
      if (next.length === 0) return 'all';
      if (next[0]?.k !== book.head.k + 1) return 'gap';
      return this.#replay(book, next);
    });
  }

  async #replay(book: Book, wires: readonly WireItem[]): Promise<Taken> {
    const items = wires.map(readItem);
    const from = book.items.length;
    const erased = book.tombstones.size;
    const writes: Write[] = [];
    let stopped = false;
    for (const item of items) {
      if (!(await this.#place(book, item, items, writes))) {
        stopped = true;
        break;
      }
    }
    if (book.items.length > from) await this.#commit(book, writes, from);
    if (book.tombstones.size > erased) await this.erased(book);
    if (!stopped && book.missing.size === 0) await this.parts.evidence.heal(book.circle);
    return stopped ? 'stopped' : 'all';
  }

  /** Puts one item in its place; false where the circle cannot go on. */
  async #place(
    book: Book,
    read: ReadItem,
    page: readonly ReadItem[],
    writes: Write[],
  ): Promise<boolean> {
    const { wire: item } = read;
    // Before the replay, which notes what it accepts: a refused item must leave no mark there.
    if (!(await this.#agrees(book, read))) return false;
    for (let fetch = 0; ; fetch++) {
      const result = replayRead(book.replay, read, this.#lookups());
      if (result.outcome === 'waiting') {
        if (fetch >= FETCHES) return this.#stop(book, item, `waiting-${result.missing.log}`);
        await this.#fetch(result.missing, page);
        continue;
      }
      if (result.outcome === 'fault') return this.#stop(book, item, result.code);
      if (result.outcome === 'update-needed') {
        book.needsUpdate = true;
        return this.#stop(book, item, 'update-needed');
      }
      const flaw = result.outcome === 'flagged' ? result.code : null;
      const { head } = result.replay;
      this.#receipts.delete(itemKey(book.circle, item.k));
      book.replay = result.replay;
      const { body: sealed, at, k } = item;
      const erased = book.take({ k, header: result.header, sealed, at, flaw });
      if (book.state !== null) book.memberships = withMembership(book.memberships, book.state);
      const value = keptItem(item, head.h, flaw);
      writes.push({ table: 'items', key: itemKey(book.circle, item.k), value });
      for (const place of erased) writes.push(await this.#withoutBody(book, place, writes));
      return true;
    }
  }

  /** The row of an item whose body was erased: what is kept of it from now on. */
  async #withoutBody({ circle }: Book, k: number, writes: readonly Write[]): Promise<Write> {
    const key = itemKey(circle, k);
    const now = writes.findLast((one) => one.table === 'items' && one.key === key)?.value;
    const kept = now ?? (await this.parts.ground.store.get<KeptItem>('items', key));
    if (kept === undefined) throw new Error(`intake: no item at ${key}`);
    return { table: 'items', key, value: { ...(kept as KeptItem), body: null } };
  }

  /** Takes bodies that were missing; others than those that were signed are no bodies. */
  mend(circle: CircleId, items: readonly WireItem[]): Promise<void> {
    const { library, ground } = this.parts;
    return library.inTurn(circle, async () => {
      const book = await library.book(circle);
      const fit = items.filter(({ k, body }) => body !== null && book.missing.has(k));
      const told = fit.filter((item) => isOf(item, book.items[item.k]?.header.body));
      await ground.store.transaction(async (tx) => {
        for (const { k, body } of told) {
          const key = itemKey(circle, k);
          const kept = await tx.get<KeptItem>('items', key);
          if (kept !== undefined) tx.put('items', key, { ...kept, body });
        }
      });
      for (const { k, body } of told) if (body !== null) book.mend(k, body);
      if (told.length > 0) ground.changes.tell(...changesOf(book, book.items.length));
    });
  }

  #lookups(): Lookups {
    return {
      identity: (person) => this.parts.people.known(person),
      team: (circle) => this.#teams.get(circle) ?? null,
    };
  }

  async #fetch(missing: Missing, page: readonly ReadItem[]): Promise<void> {
    if (missing.log === 'team') {
      this.#teams.set(missing.team, await this.parts.teams.upTo(missing.team, missing.k));
      return;
    }
    // One question for all authors of the page, since the others are about to be missing too.
    const wanted = new Map<PersonId, number>([[missing.person, missing.n]]);
    for (const { author, identity } of citedAuthors(page)) {
      wanted.set(author, Math.max(identity.n, wanted.get(author) ?? -1));
    }
    await this.parts.people.learn([...wanted].map(([person, n]) => ({ person, n })));
  }

  /** Whether the item stands where, and since when, our receipt says. */
  async #agrees(book: Book, { wire: item, hash }: ReadItem): Promise<boolean> {
    const receipt = this.#receipts.get(itemKey(book.circle, item.k));
    if (receipt === undefined || item.k !== book.head.k + 1) return true;
    const { h } = headAfterHash(book.head, hash);
    // What was told to us is told to everybody: the same place, the same hour.
    if (receipt.h !== h || receipt.at !== item.at) {
      await this.#evidence(book, 'receipt-broken', item.k, { receipt, item });
      return false;
    }
    return true;
  }

  async #stop(book: Book, item: WireItem, code: string): Promise<false> {
    await this.#evidence(book, code, item.k, { head: book.head, item });
    return false;
  }

  #evidence(book: Book, code: string, k: number, exhibits: unknown): Promise<void> {
    return this.parts.evidence.record(book.circle, code, `at position ${String(k)}`, exhibits);
  }

  async #commit(book: Book, writes: readonly Write[], from: number): Promise<void> {
    const { head, memberships } = book;
    const kept: KeptCircle = { state: keptState(book.state), head, memberships };
    await this.parts.ground.store.transaction((tx) => {
      for (const { table, key, value } of writes) tx.put(table, key, value);
      tx.put('circles', book.circle, kept);
    });
    const { checkpoints } = this.parts;
    for (const { k, header } of book.items.slice(from)) checkpoints.hear(book.circle, k, header);
    if (book.state !== null) this.parts.library.note(book.circle, book.state.kind);
    this.parts.ground.changes.tell(...changesOf(book, from));
  }
}

/** Whether the body is the one that the header signed. */
function isOf({ body }: WireItem, signed: Hash | null | undefined): boolean {
  return body !== null && orNull(() => bodyHash(fromBase64Url(body))) === signed;
}

/** What a screen reads again after items from that place on were taken. */
function changesOf(book: Book, from: number): Change[] {
  const kind = book.state?.kind;
  const changes = changesIn(book.circle, kind);
  if (kind === 'team' && from === 0) changes.push({ what: 'session' });
  return changes;
}
