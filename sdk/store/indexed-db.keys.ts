/**
 * The key of a browser store's secret rows, as its `keys` table has it: the browser's own, or one
 * that is closed by a passkey. Each key has an id, by which tabs notice that another changed it.
 */
import type { DBSchema, IDBPDatabase } from 'idb';
import type { LatchState } from './latch.js';
import { type ClosedKey, type KeyPlace, openKey } from './passkey-key.js';
import { freshRowKey } from './row-seal.js';
import type { Table } from './store.js';

export type Schema = DBSchema & Record<Table | 'keys', { key: string; value: unknown }>;

/** The three rows of the table. Stores of 0.2 have the first alone. */
const BROWSERS = 'wrapping-key';
const CLOSED = 'closed-key';
const ID = 'key-id';

interface KeptClosed extends ClosedKey {
  readonly version: 1;
  readonly place: KeyPlace;
}

export interface HeldKey {
  readonly id: string;
  /** Null while a passkey's secret is needed to open it. */
  readonly key: CryptoKey | null;
  readonly closed: KeptClosed | null;
}

/** What idb's object store must be able to do here. */
interface Rows {
  put(value: unknown, key: string): Promise<unknown>;
  delete(key: string): Promise<void>;
}

/**
 * As the table says. A store without a key gets one, and a store of 0.2 an id for its key; a tab
 * that does the same at the same time takes what the first one made.
 */
async function readKeys(db: IDBPDatabase<Schema>): Promise<HeldKey> {
  const fresh = await freshRowKey();
  const tx = db.transaction('keys', 'readwrite');
  const [key, closed, id] = (await Promise.all([
    tx.store.get(BROWSERS),
    tx.store.get(CLOSED),
    tx.store.get(ID),
  ])) as [CryptoKey | undefined, KeptClosed | undefined, string | undefined];
  const isBare = key === undefined && closed === undefined;
  const held: HeldKey = {
    id: id ?? crypto.randomUUID(),
    key: (isBare ? fresh : key) ?? null,
    closed: closed ?? null,
  };
  if (isBare) await tx.store.put(fresh, BROWSERS);
  if (id === undefined) await tx.store.put(held.id, ID);
  await tx.done;
  return held;
}

export class KeyRing {
  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private now: HeldKey,
  ) {}

  static async read(db: IDBPDatabase<Schema>): Promise<KeyRing> {
    return new KeyRing(db, await readKeys(db));
  }

  get held(): HeldKey {
    return this.now;
  }

  get state(): LatchState {
    if (this.now.closed === null) return 'browser';
    return this.now.key === null ? 'shut' : 'open';
  }

  get place(): KeyPlace | null {
    return this.now.closed?.place ?? null;
  }

  /** Whether another tab changed the key; what it closed by a passkey is shut here. */
  async look(): Promise<void> {
    if ((await this.db.get('keys', ID)) === this.now.id) return;
    const next = await readKeys(this.db);
    // Meanwhile this tab may have come to hold that very key itself, opened.
    if (next.id !== this.now.id) this.now = next;
  }

  async open(secret: CryptoKey): Promise<boolean> {
    const { closed } = this.now;
    if (closed === null) return true;
    const key = await openKey(closed, secret, closed.place);
    if (key !== null) this.now = { ...this.now, key };
    return key !== null;
  }

  browsers(key: CryptoKey): HeldKey {
    return { id: crypto.randomUUID(), key, closed: null };
  }

  /** Opened again from what will be kept: what does not open must never be written. */
  async closed(closed: ClosedKey, secret: CryptoKey, place: KeyPlace): Promise<HeldKey> {
    const key = await openKey(closed, secret, place);
    if (key === null) throw new Error('A key that was just closed does not open.');
    return { id: crypto.randomUUID(), key, closed: { version: 1, ...closed, place } };
  }

  put(rows: Rows, { id, key, closed }: HeldKey): void {
    void rows.put(id, ID);
    if (closed === null) {
      void rows.put(key, BROWSERS);
      void rows.delete(CLOSED);
    } else {
      void rows.put(closed, CLOSED);
      void rows.delete(BROWSERS);
    }
  }

  take(next: HeldKey): void {
    this.now = next;
  }
}
