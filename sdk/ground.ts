/** What every part of the SDK stands on: where, how to ask, where to keep, what time it is. */
import type { Origin } from '@liaison/contract/ids';
import type { Api } from './api.js';
import type { Changes } from './changes.js';
import type { Reach } from './reach.js';
import type { Store } from './store/store.js';

export interface Ground {
  readonly origin: Origin;
  readonly api: Api;
  readonly store: Store;
  readonly changes: Changes;
  readonly reach: Reach;
  readonly clock: () => number;
  /** Work that nobody waits for: it ends before the client does, and its failure is told. */
  readonly aside: (work: Promise<unknown>) => void;
}
