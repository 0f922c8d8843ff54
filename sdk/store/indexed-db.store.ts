/**
 * The browser's store. Tables that hold secrets are sealed with an AES-GCM key that the browser
 * keeps and never shows (non-extractable), so that a copied row alone reads nothing; or, where its
 * person wants it, with a key that only their passkey's secret opens (latch.ts).
 * Transactions of all tabs take turns through a Web Lock; changes are written in one go.
 */
import { type IDBPDatabase, openDB } from 'idb';
import { type HeldKey, KeyRing, type Schema } from './indexed-db.keys.js';
import { type Latch, StoreShut } from './latch.js';
import { closeKey, type KeyPlace } from './passkey-key.js';
import { PendingTransaction, Turns } from './pending.js';
import { freshRowKey, openRow, type SealedRow, sealRow } from './row-seal.js';
import {
  SECRET_TABLES,
  type Store,
  TABLES,
  type Table,
  type Transaction,
  type Write,
} from './store.js';

/** Tables are only ever added: how many there are tells the layouts apart. */
const VERSION = TABLES.length;
/** Another tab may change the key once between our reading a row and opening it. */
const TRIES = 3;

const isSecret = (table: Table): boolean => (SECRET_TABLES as readonly Table[]).includes(table);

export class IndexedDbStore implements Store {
  readonly #turns = new Turns();
  readonly latch: Latch;

  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly ring: KeyRing,
    private readonly name: string,
  ) {
    const state = () => this.ring.state;
    const place = () => this.ring.place;
    this.latch = {
      get state() {
        return state();
      },
      get place() {
        return place();
      },
      open: (secret) => this.#inTurn(() => this.ring.open(secret)),
      fasten: (secret, where) => this.#inTurn(() => this.#fasten(secret, where)),
      remove: () => this.#inTurn(() => this.#remove()),
    };
  }

  static async open(name = 'liaison'): Promise<IndexedDbStore> {
    const db = await openDB<Schema>(name, VERSION, {
      upgrade(before) {
        for (const table of [...TABLES, 'keys'] as const) {
          if (!before.objectStoreNames.contains(table)) before.createObjectStore(table);
        }
      },
    });
    return new IndexedDbStore(db, await KeyRing.read(db), name);
  }

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return this.#reading(async (under) => {
      const value = await this.db.get(table, key);
      return (value === undefined ? undefined : await opened(under, table, key, value)) as
        | T
        | undefined;
    });
  }

  scan<T>(table: Table, prefix: string): Promise<(readonly [string, T])[]> {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    return this.#reading(async (under) => {
      const [keys, values] = await this.#rows(table, range);
      const all = values.map((value, i) => opened(under, table, keys[i] ?? '', value));
      return (await Promise.all(all)).map((value, i) => [keys[i] ?? '', value as T] as const);
    });
  }

  transaction<T>(work: (tx: Transaction) => Promise<T> | T): Promise<T> {
    return this.#inTurn(async () => {
      const tx = new PendingTransaction(this);
      const result = await work(tx);
      await this.#write(tx.writes());
      return result;
    });
  }

  /** The keys go with the rows: what the browser keeps of them on disk opens no more. */
  wipe(): Promise<void> {
    return this.#inTurn(async () => {
      const everything = [...TABLES, 'keys'] as const;
      const tx = this.db.transaction(everything, 'readwrite');
      for (const table of everything) void tx.objectStore(table).clear();
      await tx.done;
      await this.ring.look();
    });
  }

  async close(): Promise<void> {
    await this.#turns.take(() => Promise.resolve());
    this.db.close();
  }

  /** Alone among all tabs, and with the key that stands now: another tab may have changed it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = async (): Promise<T> => {
      await this.ring.look();
      return work();
    };
    return this.#turns.take(() => navigator.locks.request(`${this.name}-store`, turn));
  }

  /** Reads with the key in force; a row that another tab has sealed anew is read again. */
  async #reading<T>(read: (under: CryptoKey | null) => Promise<T>): Promise<T> {
    for (let left = TRIES; ; left -= 1) {
      const { id, key } = this.ring.held;
      try {
        return await read(key);
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== 'OperationError') throw error;
        await this.ring.look();
        if (left === 1 || this.ring.held.id === id) throw error;
      }
    }
  }

  async #rows(table: Table, range?: IDBKeyRange): Promise<[string[], unknown[]]> {
    const tx = this.db.transaction(table, 'readonly');
    const both = await Promise.all([tx.store.getAllKeys(range), tx.store.getAll(range)]);
    await tx.done;
    return both;
  }

  async #write(writes: readonly Write[]): Promise<void> {
    if (writes.length === 0) return;
    const ready = await Promise.all(
      writes.map(async (write) => ({ ...write, value: await this.#wrap(write) })),
    );
    const tx = this.db.transaction([...new Set(ready.map((write) => write.table))], 'readwrite');
    await whole(tx, () => {
      for (const { table, key, value } of ready) {
        const rows = tx.objectStore(table);
        void (value === undefined ? rows.delete(key) : rows.put(value, key));
      }
    });
  }

  async #wrap({ table, key, value }: Write): Promise<unknown> {
    if (value === undefined || !isSecret(table)) return value;
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return sealRow(mustBeOpen(this.ring.held.key), table, key, plain);
  }

  async #fasten(secret: CryptoKey, place: KeyPlace): Promise<void> {
    const fresh = await freshRowKey(true);
    const closed = await closeKey(fresh, secret, place);
    await this.#sealAnew(await this.ring.closed(closed, secret, place));
  }

  async #remove(): Promise<void> {
    await this.#sealAnew(this.ring.browsers(await freshRowKey()));
  }

  /**
   * Every secret row under the next key, and that key in the place of the former: one transaction
   * of the database, so that a crash leaves all of it as it was or all of it as it will be. The
   * rows are sealed beforehand, because a transaction does not wait for anything else.
   */
  async #sealAnew(next: HeldKey): Promise<void> {
    const before = mustBeOpen(this.ring.held.key);
    const after = mustBeOpen(next.key);
    const rows = await Promise.all(
      SECRET_TABLES.map(async (table) => {
        const [keys, values] = await this.#rows(table);
        const anew = values.map(async (value, i) => {
          const key = keys[i] ?? '';
          const plain = await openRow(before, table, key, value as SealedRow);
          return { table, key, value: await sealRow(after, table, key, plain) };
        });
        return Promise.all(anew);
      }),
    );
    const how = { durability: 'strict' } as const;
    const tx = this.db.transaction([...SECRET_TABLES, 'keys'], 'readwrite', how);
    await whole(tx, () => {
      for (const { table, key, value } of rows.flat()) void tx.objectStore(table).put(value, key);
      this.ring.put(tx.objectStore('keys'), next);
    });
    this.ring.take(next);
  }
}

/** A transaction that was cut short in the middle would keep what it has: it must keep nothing. */
async function whole(
  tx: { abort(): void; readonly done: Promise<void> },
  change: () => void,
): Promise<void> {
  try {
    change();
  } catch (error) {
    tx.abort();
    await tx.done.catch(() => undefined);
    throw error;
  }
  await tx.done;
}

function mustBeOpen(key: CryptoKey | null): CryptoKey {
  if (key === null) throw new StoreShut('a passkey must open this store first');
  return key;
}

async function opened(
  under: CryptoKey | null,
  table: Table,
  key: string,
  value: unknown,
): Promise<unknown> {
  if (!isSecret(table)) return value;
  const plain = await openRow(mustBeOpen(under), table, key, value as SealedRow);
  return JSON.parse(new TextDecoder().decode(plain)) as unknown;
}
