/** A store that lives as long as its process: shared posts, tests, the file store's own cache. */
import { PendingTransaction, Turns } from './pending.js';
import type { Store, Table, Transaction, Write } from './store.js';

export class MemoryStore implements Store {
  readonly #tables = new Map<Table, Map<string, unknown>>();
  readonly #turns = new Turns();
  /** Makes changes lasting before they are seen; in memory there is nothing to do. */
  protected persist: ((writes: readonly Write[]) => Promise<void>) | null = null;

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return Promise.resolve(this.#rows(table).get(key) as T | undefined);
  }

  scan<T>(table: Table, prefix: string): Promise<(readonly [string, T])[]> {
    const rows = [...this.#rows(table)].filter(([key]) => key.startsWith(prefix));
    return Promise.resolve(rows.sort(([a], [b]) => (a < b ? -1 : 1)) as [string, T][]);
  }

  transaction<T>(work: (tx: Transaction) => Promise<T> | T): Promise<T> {
    return this.#turns.take(async () => {
      const tx = new PendingTransaction(this);
      const result = await work(tx);
      const writes = tx.writes();
      if (writes.length > 0) {
        await this.persist?.(writes);
        this.apply(writes);
      }
      return result;
    });
  }

  close(): Promise<void> {
    return this.#turns.take(() => Promise.resolve());
  }

  /** The changes become visible. Values are copied, so that no caller shares them by reference. */
  protected apply(writes: readonly Write[]): void {
    for (const { table, key, value } of writes) {
      if (value === undefined) this.#rows(table).delete(key);
      else this.#rows(table).set(key, structuredClone(value));
    }
  }

  protected all(): Write[] {
    return [...this.#tables].flatMap(([table, rows]) =>
      [...rows].map(([key, value]) => ({ table, key, value })),
    );
  }

  #rows(table: Table): Map<string, unknown> {
    const rows = this.#tables.get(table) ?? new Map<string, unknown>();
    this.#tables.set(table, rows);
    return rows;
  }
}
