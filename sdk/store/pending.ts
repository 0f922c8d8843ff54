/**
 * What every store shares: a queue of transactions, and a transaction that collects its changes
 * and reads through them. How changes become lasting is each store's own.
 */
import type { Reads, Table, Transaction, Write } from './store.js';

/** Runs works one after the other, whatever becomes of each. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

export class PendingTransaction implements Transaction {
  readonly #changes = new Map<Table, Map<string, unknown>>();

  constructor(private readonly reads: Reads) {}

  async get<T>(table: Table, key: string): Promise<T | undefined> {
    const changed = this.#changes.get(table);
    if (changed?.has(key)) return changed.get(key) as T | undefined;
    return this.reads.get<T>(table, key);
  }

  async scan<T>(table: Table, prefix: string): Promise<(readonly [string, T])[]> {
    const kept = await this.reads.scan<T>(table, prefix);
    const changed = this.#changes.get(table);
    if (changed === undefined) return kept;
    const rows = new Map(kept);
    for (const [key, value] of changed) {
      if (!key.startsWith(prefix)) continue;
      if (value === undefined) rows.delete(key);
      else rows.set(key, value as T);
    }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  put(table: Table, key: string, value: unknown): void {
    this.#note(table, key, value);
  }

  delete(table: Table, key: string): void {
    this.#note(table, key, undefined);
  }

  writes(): Write[] {
    return [...this.#changes].flatMap(([table, rows]) =>
      [...rows].map(([key, value]) => ({ table, key, value })),
    );
  }

  #note(table: Table, key: string, value: unknown): void {
    const rows = this.#changes.get(table) ?? new Map<string, unknown>();
    this.#changes.set(table, rows.set(key, value));
  }
}
