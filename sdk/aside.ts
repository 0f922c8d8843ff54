/**
 * What nobody waits for: kept until it ends, so that a client can end after it, and its failure
 * told. It must never lose one silently.
 */
import { Problem } from '@liaison/contract/errors';
import { isAway } from './away.js';
import type { Changes } from './changes.js';
import type { EvidenceRoom } from './evidence.js';
import { Fault } from './fault.js';
import { StoreShut } from './store/latch.js';

export class Aside {
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(
    private readonly changes: Changes,
    private readonly evidence: EvidenceRoom,
    private readonly away: () => void,
  ) {}

  /**
   * Being away is a state; a refusal shows at the next resume; anything else is kept with the
   * evidence and shown, since either side made a mistake.
   */
  begin(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#underWay.delete(watched));
    this.#underWay.add(watched);
  }

  /** Resolves once nothing is under way, also of what began meanwhile. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** From now on there is no store left to keep a failure in, and nobody to show it to. */
  close(): void {
    this.#closed = true;
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#closed) return;
    if (isAway(error)) {
      this.away();
      return;
    }
    // Another tab had a passkey shut the store: this one's screens say so.
    if (error instanceof StoreShut) this.changes.tell({ what: 'session' });
    if (error instanceof Problem || error instanceof StoreShut) return;
    const code = error instanceof Fault ? error.code : 'mistake';
    const why = error instanceof Error ? error.message : 'unknown';
    await this.evidence.record(null, code, why, null);
  }
}
