/**
 * What shows that the server misbehaved, kept for whoever will look into it. A circle with evidence
 * against it is blocked until the missing piece arrives or somebody decides; others go on.
 */
import type { ConnectionView } from './face.js';
import type { EvidenceView } from './face.trust.js';
import type { CircleId } from '@liaison/contract/ids';
import type { Ground } from './ground.js';

export interface Evidence {
  readonly code: string;
  readonly circle: CircleId | null;
  readonly why: string;
  readonly at: number;
  /** The very items, receipts or heads that contradict each other. */
  readonly exhibits: unknown;
  /** When the missing piece arrived; null while it has not. What showed a lie is kept for ever. */
  readonly healedAt: number | null;
}

export class EvidenceRoom {
  readonly #open = new Map<string, Evidence>();

  constructor(private readonly ground: Ground) {}

  async open(): Promise<void> {
    for (const [key, evidence] of await this.ground.store.scan<Evidence>('evidence', '')) {
      if (evidence.healedAt === null) this.#open.set(key, evidence);
    }
  }

  isBlocked(circle: CircleId): boolean {
    return [...this.#open.values()].some((evidence) => evidence.circle === circle);
  }

  /** Whether something stands against what it is about. */
  isAgainst(about: string): boolean {
    return [...this.#open.keys()].some((key) => key.startsWith(`${about}/`));
  }

  /** What was kept of it. */
  exhibitsAgainst(about: string): unknown[] {
    const open = [...this.#open].filter(([key]) => key.startsWith(`${about}/`));
    return open.map(([, { exhibits }]) => exhibits);
  }

  alarm(): ConnectionView['alarm'] {
    const first = [...this.#open.values()][0];
    return first === undefined ? null : { code: first.code, circle: first.circle };
  }

  /** Everything that was ever kept, the latest first, each with all that shows it. */
  async all(): Promise<EvidenceView[]> {
    const rows = await this.ground.store.scan<Evidence>('evidence', '');
    const views = rows.map(([, evidence]): EvidenceView => {
      const { code, circle, at, healedAt } = evidence;
      return { code, circle, at, healedAt, text: JSON.stringify(evidence) };
    });
    return views.sort((a, b) => b.at - a.at);
  }

  async record(
    circle: CircleId | null,
    code: string,
    why: string,
    exhibits: unknown,
    about: string = circle ?? 'server',
  ): Promise<void> {
    const at = this.ground.clock();
    const evidence: Evidence = { code, circle, why, at, exhibits, healedAt: null };
    const key = `${about}/${code}`;
    if (this.#open.has(key)) return;
    this.#open.set(key, evidence);
    await this.#keep([[key, evidence]]);
  }

  /** Kept, with nothing to block: what the lie was to bring about was refused where it showed. */
  async exhibit(code: string, why: string, exhibits: unknown): Promise<void> {
    const at = this.ground.clock();
    const evidence: Evidence = { code, circle: null, why, at, exhibits, healedAt: at };
    await this.#keep([[`${code}/${String(at)}`, evidence]]);
  }

  /** The missing piece arrived: what it was about is whole again. The evidence stays. */
  async heal(about: string): Promise<void> {
    const healedAt = this.ground.clock();
    const healed = [...this.#open].filter(([key]) => key.startsWith(`${about}/`));
    if (healed.length === 0) return;
    for (const [key] of healed) this.#open.delete(key);
    await this.#keep(healed.map(([key, evidence]) => [key, { ...evidence, healedAt }]));
  }

  async #keep(rows: readonly (readonly [key: string, evidence: Evidence])[]): Promise<void> {
    await this.ground.store.transaction((tx) => {
      for (const [key, evidence] of rows) tx.put('evidence', key, evidence);
    });
    this.ground.changes.tell({ what: 'connection' });
  }
}
