/** A store that lives as long as its process: shared posts, tests, the file store's own cache. */
import { PendingTransaction, Turns } from './pending.js';
import type { Store, Table, Transaction, Write } from './store.js';

/** Rows with their keys in order, so that a prefix is found without looking at the others. */
class Rows {
  readonly values: Map<string, unknown>;
  readonly #keys: string[];

  constructor(values?: ReadonlyMap<string, unknown>, keys: readonly string[] = []) {
    this.values = new Map(values);
    this.#keys = [...keys];
  }

  copy(): Rows {
    return new Rows(this.values, this.#keys);
  }

  put(key: string, value: unknown): void {
    if (!this.values.has(key)) this.#keys.splice(this.#place(key), 0, key);
    this.values.set(key, value);
  }

  delete(key: string): void {
    if (this.values.delete(key)) this.#keys.splice(this.#place(key), 1);
  }

  from(prefix: string): [string, unknown][] {
    const rows: [string, unknown][] = [];
    for (let at = this.#place(prefix); ; at++) {
      const key = this.#keys[at];
      if (key?.startsWith(prefix) !== true) return rows;
      rows.push([key, this.values.get(key)]);
    }
  }

  /** Where a key stands, or would stand. Most keys are written in order: the end is tried first. */
  #place(key: string): number {
    const last = this.#keys.at(-1);
    if (last === undefined || last < key) return this.#keys.length;
    let [low, high] = [0, this.#keys.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * A copy that shares nothing that could change. Nearly everything kept is plain JSON, which is
 * copied several times faster by hand than by the platform's own clone; that one does the rest.
 */
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return leafOf(value);
  if (Array.isArray(value)) return value.map(copied);
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copied((value as typeof copy)[key]);
  return copy;
}

/** What no store could keep (a function, a symbol) is refused here too. */
function leafOf(value: unknown): unknown {
  const isKept = typeof value !== 'function' && typeof value !== 'symbol';
  return isKept ? value : structuredClone(value);
}

export class MemoryStore implements Store {
  readonly latch = null;
  readonly #tables = new Map<Table, Rows>();
  readonly #turns = new Turns();
  /** Makes changes lasting before they are seen; in memory there is nothing to do. */
  protected persist: ((writes: readonly Write[]) => Promise<void>) | null = null;

  /** Makes what was kept unreadable, before it is forgotten here. */
  protected erase: (() => Promise<void>) | null = null;

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return Promise.resolve(this.#rows(table).values.get(key) as T | undefined);
  }

  scan<T>(table: Table, prefix: string): Promise<(readonly [string, T])[]> {
    return Promise.resolve(this.#rows(table).from(prefix) as [string, T][]);
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

  wipe(): Promise<void> {
    return this.#turns.take(async () => {
      await this.erase?.();
      this.#tables.clear();
    });
  }

  close(): Promise<void> {
    return this.#turns.take(() => Promise.resolve());
  }

  /** The changes become visible. Values are copied, so that no caller shares them by reference. */
  protected apply(writes: readonly Write[]): void {
    for (const { table, key, value } of writes) {
      if (value === undefined) this.#rows(table).delete(key);
      else this.#rows(table).put(key, copied(value));
    }
  }

  /** Begins with the rows of another: a kept value never changes, so both hold the same ones. */
  protected share(other: MemoryStore): void {
    for (const [table, rows] of other.#tables) this.#tables.set(table, rows.copy());
  }

  protected all(): Write[] {
    return [...this.#tables].flatMap(([table, rows]) =>
      [...rows.values].map(([key, value]) => ({ table, key, value })),
    );
  }

  #rows(table: Table): Rows {
    const rows = this.#tables.get(table) ?? new Rows();
    this.#tables.set(table, rows);
    return rows;
  }
}
