/**
 * What a device does unasked once it has caught up: makes the person's next key where a device
 * ended itself, opens the next epoch of its own teams where one is due, gives the file to
 * addressees who accepted on the outline alone, names itself to its owner, and seals again what a
 * member could not open. Several devices see the same at the same moment: each waits a chance while
 * and looks again, so that mostly one acts; who still comes second finds it done when signing
 * again, and sends nothing. What keeps being refused is tried ever more rarely.
 */
import type { CircleId, EntryId } from '@liaison/contract/ids';
import { Problem } from '@liaison/contract/errors';
import { LIMITS } from '@liaison/contract/limits';
import type { Disputes } from './circles/disputes.js';
import type { Library } from './circles/library.js';
import { chance } from './crypto/random.js';
import { Fault } from './fault.js';
import type { Handoffs } from './handoffs/handoffs.js';
import type { Self } from './self.js';
import type { DeviceNames } from './session/device-names.js';
import type { Devices } from './session/devices.js';
import type { Outbox } from './sync/outbox.js';
import type { Recipients } from './sync/recipients.js';
import type { Ground } from './ground.js';

export interface UpkeepParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly recipients: Recipients;
  readonly handoffs: Handoffs;
  readonly devices: Devices;
  readonly names: DeviceNames;
  readonly disputes: Disputes;
  readonly outbox: Outbox;
  readonly self: Self;
  readonly newId: () => EntryId;
}

interface Setback {
  readonly pauseMs: number;
  readonly until: number;
}

const NOTHING_AHEAD = { team: () => null, person: () => null };
const OWN_KEY = 'own-key';
const NAMES = 'device-names';

export class Upkeep {
  readonly #setbacks = new Map<string, Setback>();
  readonly #under = new Set<string>();

  constructor(private readonly parts: UpkeepParts) {}

  async run(): Promise<void> {
    const { self, devices, names, library } = this.parts;
    await this.#inTurn(
      OWN_KEY,
      () => devices.isKeyDue(),
      () => devices.renewKey(),
    );
    // Also where others put us in: whoever left such a team would read on until somebody turns it.
    for (const team of await self.groups()) await this.renew(team);
    for (const id of library.ofKind('handoff')) await this.release(id);
    for (const id of library.ofKind('channel', 'file', 'handoff')) await this.reseal(id);
    await this.#inTurn(
      NAMES,
      () => names.isDue(),
      () => names.keepUp(),
    );
  }

  /** Seals the epoch in force again to whoever said that their copy is a dud. */
  reseal(circle: CircleId): Promise<void> {
    const { disputes } = this.parts;
    return this.#inTurn(
      `reseal/${circle}`,
      () => disputes.isForUs(circle),
      () => disputes.heal(circle),
    );
  }

  /** Opens the next epoch of one of our teams where it is due. */
  renew(team: CircleId): Promise<void> {
    return this.#inTurn(
      team,
      () => this.#isDue(team),
      () => this.#open(team),
    );
  }

  release(id: CircleId): Promise<void> {
    const { handoffs } = this.parts;
    return this.#inTurn(
      id,
      () => handoffs.awaitsFile(id),
      () => handoffs.releaseAccepted(id),
    );
  }

  async #isDue(circle: CircleId): Promise<boolean> {
    const { ground, library, recipients } = this.parts;
    const { state } = await library.book(circle);
    if (state === null) return false;
    return (await recipients.due(state, ground.clock(), NOTHING_AHEAD)) !== null;
  }

  async #open(circle: CircleId): Promise<void> {
    const { outbox, self, newId } = this.parts;
    const steps = [{ do: 'renew', circle }] as const;
    await outbox.submit({ id: newId(), lane: circle, as: self.member(), steps });
  }

  /** Does it if it is still wanted after a chance while, unless that failed a short time ago. */
  async #inTurn(
    what: string,
    isWanted: () => boolean | Promise<boolean>,
    work: () => Promise<void>,
  ): Promise<void> {
    const rests = (this.#setbacks.get(what)?.until ?? 0) > this.parts.ground.clock();
    if (rests || this.#under.has(what)) return;
    this.#under.add(what);
    try {
      if (!(await isWanted())) return;
      await chanceWhile();
      if (await isWanted()) await work();
      this.#setbacks.delete(what);
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Fault)) throw error;
      this.#setBack(what);
    } finally {
      this.#under.delete(what);
    }
  }

  #setBack(what: string): void {
    const before = this.#setbacks.get(what)?.pauseMs ?? LIMITS.upkeepPauseMs.value / 2;
    const pauseMs = Math.min(before * 2, LIMITS.upkeepPauseMaxMs.value);
    this.#setbacks.set(what, { pauseMs, until: this.parts.ground.clock() + pauseMs });
  }
}

function chanceWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, chance() * LIMITS.upkeepSpreadMs.value));
}
