/**
 * The browser's store. Tables that hold secrets are wrapped with an AES-GCM key that the browser
 * keeps and never shows (non-extractable), so that a copied profile folder alone reads nothing.
 * Transactions of all tabs take turns through a Web Lock; changes are written in one go.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { PendingTransaction, Turns } from './pending.js';
import {
  SECRET_TABLES,
  type Store,
  TABLES,
  type Table,
  type Transaction,
  type Write,
} from './store.js';

const WRAPPING_KEY = 'wrapping-key';
const NONCE_BYTES = 12;
/** Tables are only ever added: how many there are tells the layouts apart. */
const VERSION = TABLES.length;

interface Wrapped {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

type Schema = DBSchema & Record<Table | 'keys', { key: string; value: unknown }>;

const isSecret = (table: Table): boolean => (SECRET_TABLES as readonly Table[]).includes(table);

/** The browser's own key, made once; a tab that makes one at the same time takes the first. */
async function wrappingKey(db: IDBPDatabase<Schema>): Promise<CryptoKey> {
  const algorithm = { name: 'AES-GCM', length: 256 };
  const fresh = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const tx = db.transaction('keys', 'readwrite');
  const known = (await tx.store.get(WRAPPING_KEY)) as CryptoKey | undefined;
  if (known === undefined) await tx.store.put(fresh, WRAPPING_KEY);
  await tx.done;
  return known ?? fresh;
}

/** The row's place is bound into its wrapping, so that rows cannot be swapped. */
function place(table: Table, key: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${table}/${key}`);
}

export class IndexedDbStore implements Store {
  readonly #turns = new Turns();

  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private key: CryptoKey,
    private readonly name: string,
  ) {}

  static async open(name = 'liaison'): Promise<IndexedDbStore> {
    const db = await openDB<Schema>(name, VERSION, {
      upgrade(before) {
        for (const table of [...TABLES, 'keys'] as const) {
          if (!before.objectStoreNames.contains(table)) before.createObjectStore(table);
        }
      },
    });
    return new IndexedDbStore(db, await wrappingKey(db), name);
  }

  async get<T>(table: Table, key: string): Promise<T | undefined> {
    const value = await this.db.get(table, key);
    return (value === undefined ? undefined : await this.#open(table, key, value)) as T | undefined;
  }

  async scan<T>(table: Table, prefix: string): Promise<(readonly [string, T])[]> {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const tx = this.db.transaction(table, 'readonly');
    const [keys, values] = await Promise.all([tx.store.getAllKeys(range), tx.store.getAll(range)]);
    await tx.done;
    const open = values.map((value, i) => this.#open(table, keys[i] ?? '', value));
    return (await Promise.all(open)).map((value, i) => [keys[i] ?? '', value as T] as const);
  }

  transaction<T>(work: (tx: Transaction) => Promise<T> | T): Promise<T> {
    const turn = async (): Promise<T> => {
      const tx = new PendingTransaction(this);
      const result = await work(tx);
      await this.#write(tx.writes());
      return result;
    };
    return this.#turns.take(() => navigator.locks.request(`${this.name}-store`, turn));
  }

  /** The wrapping key goes with the rows: what the browser keeps of them on disk opens no more. */
  wipe(): Promise<void> {
    const turn = async (): Promise<void> => {
      const everything = [...TABLES, 'keys'] as const;
      const tx = this.db.transaction(everything, 'readwrite');
      for (const table of everything) void tx.objectStore(table).clear();
      await tx.done;
      this.key = await wrappingKey(this.db);
    };
    return this.#turns.take(() => navigator.locks.request(`${this.name}-store`, turn));
  }

  async close(): Promise<void> {
    await this.#turns.take(() => Promise.resolve());
    this.db.close();
  }

  async #write(writes: readonly Write[]): Promise<void> {
    if (writes.length === 0) return;
    const ready = await Promise.all(
      writes.map(async (write) => ({ ...write, value: await this.#wrap(write) })),
    );
    const tx = this.db.transaction([...new Set(ready.map((write) => write.table))], 'readwrite');
    for (const { table, key, value } of ready) {
      const rows = tx.objectStore(table);
      void (value === undefined ? rows.delete(key) : rows.put(value, key));
    }
    await tx.done;
  }

  async #wrap({ table, key, value }: Write): Promise<unknown> {
    if (value === undefined || !isSecret(table)) return value;
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: place(table, key) };
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { nonce, sealed: await crypto.subtle.encrypt(algorithm, this.key, plain) };
  }

  async #open(table: Table, key: string, value: unknown): Promise<unknown> {
    if (!isSecret(table)) return value;
    const { nonce, sealed } = value as Wrapped;
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: place(table, key) };
    const plain = await crypto.subtle.decrypt(algorithm, this.key, sealed);
    return JSON.parse(new TextDecoder().decode(plain)) as unknown;
  }
}
