/**
 * What a replay must remember of every item so far: chain hashes, entry ids, counters and authors.
 * Kept apart from the circle's state because it grows with the log and need not be stored twice.
 */
import { actingMember } from '@liaison/contract/circle-rules';
import type { Written } from '@liaison/contract/erasure-rules';
import type { Hash } from '@liaison/contract/ids';
import type { Head, ItemHeader } from '@liaison/contract/item';
import { chainHashed, itemHashed } from '@liaison/contract/signing';
import { hash } from '../crypto/hash.js';

/** What is remembered of an item beside its place. */
export type Noted = Pick<ItemHeader, 'id' | 'device' | 'inc' | 'n'>;

export class CircleHistory {
  readonly #chain: Hash[] = [];
  readonly #ids = new Set<string>();
  readonly #counters = new Map<string, number>();
  /** Entries with a body, by their place: what may be erased, and by whom. */
  readonly #written = new Map<number, ItemHeader>();

  /** H_k, or null beyond the last item. */
  chainAt(k: number): Hash | null {
    return this.#chain[k] ?? null;
  }

  hasEntry(header: ItemHeader): boolean {
    return this.#ids.has(header.id);
  }

  /** Whether a device goes back behind a counter that it used here. */
  reusesCounter(header: ItemHeader): boolean {
    const last = this.#counters.get(counterKey(header));
    return last !== undefined && header.n <= last;
  }

  /** The last counter that a device used in an incarnation, or -1. */
  lastCounter(header: Pick<ItemHeader, 'device' | 'inc'>): number {
    return this.#counters.get(counterKey(header)) ?? -1;
  }

  /** An item took its place. */
  note(header: Noted, head: Head): void {
    this.#chain[head.k] = head.h;
    this.#ids.add(header.id);
    const key = counterKey(header);
    this.#counters.set(key, Math.max(header.n, this.#counters.get(key) ?? -1));
  }

  /** The same for a header that is known whole. */
  noteItem(header: ItemHeader, head: Head): void {
    this.note(header, head);
    if (header.body !== null) this.#written.set(head.k, header);
  }

  /** The entry at a place, where the chain has that hash and the entry has a body. */
  writtenAt({ k, h }: Head): Written | null {
    const header = this.#chain[k] === h ? this.#written.get(k) : undefined;
    return header === undefined ? null : { author: header.author, actor: actingMember(header) };
  }

  /** A place taken by an item of which only the hash is known. */
  noteHash(head: Head): void {
    this.#chain[head.k] = head.h;
  }
}

function counterKey({ device, inc }: Pick<ItemHeader, 'device' | 'inc'>): string {
  return `${device}/${String(inc)}`;
}

export function itemHash(text: string, signature: string): Hash {
  return hash(itemHashed(text, signature));
}

/** The head after an item. */
export function headAfter(head: Head, text: string, signature: string): Head {
  return headAfterHash(head, itemHash(text, signature));
}

export function headAfterHash(head: Head, hashed: Hash): Head {
  const k = head.k + 1;
  return { k, h: hash(chainHashed(head.h, k, hashed)) };
}
