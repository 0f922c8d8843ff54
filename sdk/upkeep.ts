/**
 * What a device does unasked once it has caught up: opens the next epoch of its own teams where one
 * is due, and gives the file to addressees who accepted on the outline alone. Whoever comes first
 * does it; the others find it done.
 */
import type { CircleId, EntryId } from '@liaison/contract/ids';
import { Problem } from '@liaison/contract/errors';
import type { Library } from './circles/library.js';
import { Fault } from './fault.js';
import type { Handoffs } from './handoffs/handoffs.js';
import type { Self } from './self.js';
import type { Outbox } from './sync/outbox.js';
import type { Recipients } from './sync/recipients.js';
import type { Ground } from './ground.js';

export interface UpkeepParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly recipients: Recipients;
  readonly handoffs: Handoffs;
  readonly outbox: Outbox;
  readonly self: Self;
  readonly newId: () => EntryId;
}

const NOTHING_AHEAD = { team: () => null, person: () => null };

export class Upkeep {
  constructor(private readonly parts: UpkeepParts) {}

  async run(): Promise<void> {
    for (const team of await this.parts.self.teams()) await this.#quietly(() => this.#renew(team));
    for (const id of this.parts.library.ofKind('handoff')) await this.release(id);
  }

  release(id: CircleId): Promise<void> {
    return this.#quietly(() => this.parts.handoffs.releaseAccepted(id));
  }

  async #renew(circle: CircleId): Promise<void> {
    const { ground, library, recipients, outbox, self, newId } = this.parts;
    const { state } = await library.book(circle);
    if (state === null || (await recipients.due(state, ground.clock(), NOTHING_AHEAD)) === null)
      return;
    const steps = [{ do: 'renew', circle }] as const;
    await outbox.submit({ id: newId(), lane: circle, as: self.member(), steps });
  }

  /** Somebody else was first, or the keys are not here yet: the next resume looks again. */
  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Fault)) throw error;
    }
  }
}
