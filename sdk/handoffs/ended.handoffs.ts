/**
 * Which handoffs ended, with when each was sent. An end is final, so whoever opens home need not
 * read years of logs to know what still runs. It holds nothing that the logs do not.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { Store } from '../store/store.js';

const PREFIX = 'handoff-ended/';

export class EndedHandoffs {
  #known: Promise<Map<CircleId, number>> | null = null;

  constructor(private readonly store: Store) {}

  known(): Promise<ReadonlyMap<CircleId, number>> {
    return this.#all();
  }

  async note(ended: readonly (readonly [circle: CircleId, sentAt: number])[]): Promise<void> {
    const known = await this.#all();
    const fresh = ended.filter(([circle]) => !known.has(circle));
    if (fresh.length === 0) return;
    await this.store.transaction((tx) => {
      for (const [circle, sentAt] of fresh) tx.put('meta', PREFIX + circle, sentAt);
    });
    for (const [circle, sentAt] of fresh) known.set(circle, sentAt);
  }

  #all(): Promise<Map<CircleId, number>> {
    this.#known ??= this.#read();
    return this.#known;
  }

  async #read(): Promise<Map<CircleId, number>> {
    const rows = await this.store.scan<number>('meta', PREFIX);
    return new Map(rows.map(([key, at]) => [key.slice(PREFIX.length) as CircleId, at]));
  }
}
