/**
 * What keeps a store's secret tables closed. `browser`: the browser's own key, which it uses for
 * whoever sits before it. `open` and `shut`: a passkey's secret, asked for each time the app opens.
 * A store that lives in memory, or belongs to a program, has none.
 */
import type { KeyPlace } from './passkey-key.js';

export type LatchState = 'browser' | 'open' | 'shut';

export interface Latch {
  readonly state: LatchState;
  /** Which passkey is asked, and with what; null where the browser's own key stands. */
  readonly place: KeyPlace | null;
  /** False: that passkey's secret does not open this store, which stays shut. */
  open(secret: CryptoKey): Promise<boolean>;
  /** Draws a new key for the rows and closes it with this secret; all rows change in one go. */
  fasten(secret: CryptoKey, place: KeyPlace): Promise<void>;
  /** Back to a new key of the browser's own. */
  remove(): Promise<void>;
}

/** A secret table was asked for while the store is shut: nothing is broken, a person must open. */
export class StoreShut extends Error {
  override readonly name = 'StoreShut';
}
