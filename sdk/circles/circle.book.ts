/**
 * A circle as this device has verified it: its state at its head, and its items. A book is only
 * ever changed by the replay, after verification; everything shown to people is folded from it.
 */
import type { CircleState } from '@liaison/contract/circle-rules';
import type { EraseReason } from '@liaison/contract/erasure';
import { erasureOf } from '@liaison/contract/erasure-rules';
import type {
  CircleId,
  Hash,
  MemberId,
  Origin,
  PersonId,
  SealedBytes,
  Signature,
} from '@liaison/contract/ids';
import type { Head, ItemHeader, WireItem } from '@liaison/contract/item';
import { type CircleReplay, type Membership, startReplay } from '../logs/circle-log.js';
import type { Reads } from '../store/store.js';

export interface Item {
  readonly k: number;
  readonly header: ItemHeader;
  /** Null for statements, and for entries whose body was destroyed. */
  readonly sealed: SealedBytes | null;
  /** When the server says it took it. */
  readonly at: number;
  /** In its place but not in order for its kind: kept, shown to nobody, with the reason. */
  readonly flaw: string | null;
}

/** What is left of a body that was erased: who did it, when and why. */
export interface Tombstone {
  readonly by: PersonId;
  readonly as: ItemHeader['as'];
  readonly at: number;
  readonly reason: EraseReason;
  /** Place of the erasure itself, whose body may say more. */
  readonly k: number;
}

export class Book {
  readonly items: Item[] = [];
  /** By the place of what was erased. */
  readonly tombstones = new Map<number, Tombstone>();
  /** Places whose body the server does not give although nobody erased it. */
  readonly missing = new Set<number>();
  /** Grows with whatever changes what is folded from the book. */
  revision = 0;
  memberships: readonly Membership[] = [];
  /** A critical item that this version does not know: nothing is written here until it does. */
  needsUpdate = false;

  constructor(public replay: CircleReplay) {}

  get circle(): CircleId {
    return this.replay.circle;
  }

  get state(): CircleState | null {
    return this.replay.state;
  }

  get head(): Head {
    return this.replay.head;
  }

  /** An item takes its place. Gives the places whose bodies it erases. */
  take(item: Item): readonly number[] {
    this.items.push(item);
    this.revision += 1;
    const { header, k, sealed, flaw } = item;
    // Where bodies are kept for a time only, one that is gone needs nobody's word.
    const isKept = (this.state?.policy.retentionDays ?? null) === null;
    if (header.body !== null && sealed === null && isKept) this.missing.add(k);
    const erasure = flaw === null ? erasureOf(header) : null;
    if (erasure === null) return [];
    const { author: by, as, at } = header;
    const { reason } = erasure;
    const places = erasure.of.map((place) => place.k).filter((one) => !this.tombstones.has(one));
    for (const place of places) this.#erase(place, { by, as, at, reason, k });
    return places;
  }

  /** A body that was missing has come. */
  mend(k: number, sealed: SealedBytes): void {
    const item = this.items[k];
    if (item === undefined || !this.missing.delete(k)) return;
    this.items[k] = { ...item, sealed };
    this.revision += 1;
  }

  #erase(k: number, tombstone: Tombstone): void {
    const item = this.items[k];
    if (item === undefined) return;
    this.tombstones.set(k, tombstone);
    this.missing.delete(k);
    // Another object: whoever remembers what this one said forgets it.
    this.items[k] = { ...item, sealed: null };
  }
}

/** An item as it is kept: what was served, and what the replay said of it. */
export interface KeptItem {
  readonly text: string;
  readonly signature: Signature;
  readonly body: SealedBytes | null;
  readonly at: number;
  /** The chain's hash at this place. */
  readonly h: Hash;
  readonly flaw: string | null;
}

/** The state of a circle as JSON. */
export interface KeptState
  extends Omit<CircleState, 'members' | 'commitments' | 'teamFloor' | 'admitted'> {
  readonly admitted?: CircleState['admitted'];
  readonly members: readonly (readonly [MemberId, unknown])[];
  readonly commitments: readonly (readonly [number, Hash])[];
  readonly teamFloor: readonly (readonly [CircleId, number])[];
}

export interface KeptCircle {
  readonly state: KeptState | null;
  readonly head: Head;
  readonly memberships: readonly Membership[];
}

/** Position as a key that sorts as the number does. */
export function itemKey(circle: CircleId, k: number): string {
  return `${circle}/${String(k).padStart(9, '0')}`;
}

export function keptItem(item: WireItem, h: Hash, flaw: string | null): KeptItem {
  const { text, signature, body, at } = item;
  return { text, signature, body, at, h, flaw };
}

export function keptState(state: CircleState | null): KeptState | null {
  if (state === null) return null;
  return {
    ...state,
    members: [...state.members],
    commitments: [...state.commitments],
    teamFloor: [...state.teamFloor],
  };
}

export function stateOf(kept: KeptState | null): CircleState | null {
  if (kept === null) return null;
  return {
    ...kept,
    // Stores from before resets know nothing of it: nobody had begun anew by then.
    admitted: kept.admitted ?? {},
    members: new Map(kept.members) as CircleState['members'],
    commitments: new Map(kept.commitments),
    teamFloor: new Map(kept.teamFloor),
  };
}

/** Reads a book from the store. Items were verified before they were kept: they are not again. */
export async function readBook(reads: Reads, circle: CircleId, origin: Origin): Promise<Book> {
  const book = new Book(startReplay(circle, origin));
  const kept = await reads.get<KeptCircle>('circles', circle);
  if (kept === undefined) return book;
  book.replay = { ...book.replay, state: stateOf(kept.state), head: kept.head };
  for (const [, row] of await reads.scan<KeptItem>('items', `${circle}/`)) {
    const header = JSON.parse(row.text) as ItemHeader;
    const k = book.items.length;
    book.take({ k, header, sealed: row.body, at: row.at, flaw: row.flaw });
    book.replay.history.noteItem(header, { k, h: row.h });
  }
  book.memberships = kept.memberships;
  return book;
}
