/**
 * What shows that the server misbehaved, kept for whoever will look into it. A circle with evidence
 * against it is blocked until the missing piece arrives or somebody decides; others go on.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { ConnectionView } from './face.js';
import type { Ground } from './ground.js';

export interface Evidence {
  readonly code: string;
  readonly circle: CircleId | null;
  readonly why: string;
  readonly at: number;
  /** The very items, receipts or heads that contradict each other. */
  readonly exhibits: unknown;
}

export class EvidenceRoom {
  readonly #open = new Map<string, Evidence>();

  constructor(private readonly ground: Ground) {}

  async open(): Promise<void> {
    for (const [key, evidence] of await this.ground.store.scan<Evidence>('evidence', '')) {
      this.#open.set(key, evidence);
    }
  }

  isBlocked(circle: CircleId): boolean {
    return this.#open.has(circle);
  }

  alarm(): ConnectionView['alarm'] {
    const first = [...this.#open.values()][0];
    return first === undefined ? null : { code: first.code, circle: first.circle };
  }

  async record(
    circle: CircleId | null,
    code: string,
    why: string,
    exhibits: unknown,
  ): Promise<void> {
    const evidence = { code, circle, why, at: this.ground.clock(), exhibits };
    const key = circle ?? `server/${code}`;
    if (this.#open.has(key)) return;
    this.#open.set(key, evidence);
    await this.ground.store.transaction((tx) => {
      tx.put('evidence', key, evidence);
    });
    this.ground.changes.tell({ what: 'connection' });
  }

  /** The missing piece arrived: the circle is whole again. */
  async heal(circle: CircleId): Promise<void> {
    if (!this.#open.delete(circle)) return;
    await this.ground.store.transaction((tx) => {
      tx.delete('evidence', circle);
    });
    this.ground.changes.tell({ what: 'connection' });
  }
}
