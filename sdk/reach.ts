/**
 * How long a view waits for what only the server knows. A view is answered from what this device
 * has: a missing name or key is waited for a short while where the server answers, and not at all
 * where it was just found away. What comes later makes the views be read again. It must never
 * decide what is true, only how long somebody stands before an empty screen.
 */
import { LIMITS } from '@liaison/contract/limits';
import { isAway } from './away.js';
import type { Changes } from './changes.js';

export class Reach {
  #awayUntil = 0;

  constructor(
    private readonly changes: Changes,
    private readonly clock: () => number,
    /** Somebody stands before a screen. A tool or a test waits for the answer instead. */
    private readonly isWatched = true,
  ) {}

  /** The server answered: whatever views went without is read again. */
  found(): void {
    if (this.#awayUntil === 0) return;
    this.#awayUntil = 0;
    this.changes.tell({ what: 'handoffs' }, { what: 'channels' });
  }

  /** The server did not answer: for a while nobody waits for it. */
  lost(): void {
    this.#awayUntil = this.clock() + LIMITS.pollMs.value;
  }

  /** Asks, and comes back when that is answered, when it failed, or when it takes too long. */
  async soon(ask: () => Promise<unknown>): Promise<void> {
    if (this.clock() < this.#awayUntil) return;
    let isLate = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        this.lost();
        resolve();
      }, this.#patienceMs);
    });
    const answered = ask().then(
      () => {
        if (isLate) this.found();
      },
      (error: unknown) => {
        if (isAway(error)) this.lost();
        // Too late for whoever asked: the next reading asks again, and meets it in time.
        else if (!isLate) throw error;
      },
    );
    try {
      await Promise.race([answered, patience]);
    } finally {
      clearTimeout(timer);
    }
  }

  get #patienceMs(): number {
    return (this.isWatched ? LIMITS.viewWaitMs : LIMITS.callTimeoutMs).value;
  }
}
