/**
 * The time of one life. Timers stand in a queue and fire when the life moves on; between two of
 * them everything that waits on promises alone comes to its end. The programs of a life see this
 * time through the globals, as they would see the machine's; this file alone keeps the real ones.
 */
import { createHash } from 'node:crypto';

type Work = () => void;

interface Timer {
  readonly id: number;
  at: number;
  readonly work: Work;
  readonly everyMs: number | null;
}

export const START_MS = 1_800_000_000_000;

/** One turn of the machine's own loop: promises are worked off before it comes. */
const realTurn = setImmediate;

export class Time {
  #now: number;
  #next = 1;
  readonly #timers = new Map<number, Timer>();
  /** Programs that hung: a life that does this much has gone round in a ring. */
  #left = 400_000;

  constructor(begins = START_MS) {
    this.#now = begins;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, work: Work): number {
    return this.#put(delayMs, work, null);
  }

  every(everyMs: number, work: Work): number {
    return this.#put(everyMs, work, Math.max(1, everyMs));
  }

  forget(id: unknown): void {
    if (typeof id === 'number') this.#timers.delete(id);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Lets everything happen that is due within this time. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let timer = this.#due(end); timer !== null; timer = this.#due(end)) {
      this.#now = Math.max(this.#now, timer.at);
      if (timer.everyMs === null) this.#timers.delete(timer.id);
      else timer.at += timer.everyMs;
      if (this.#left-- === 0) throw new Error('time: this life does not come to rest');
      timer.work();
      await settled();
    }
    this.#now = end;
  }

  /**
   * A long time goes by while every program is asleep: what was due meanwhile comes at the end, and
   * what comes again and again comes once.
   */
  async sleep(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (const timer of this.#timers.values()) timer.at = Math.max(timer.at, end);
    this.#now = end;
    await this.pass(0);
  }

  /** Puts this time in the place of the machine's, for everything that runs from now on. */
  rule(): void {
    const timers = {
      setTimeout: (work: Work, ms = 0) => this.after(ms, work),
      setInterval: (work: Work, ms = 0) => this.every(ms, work),
      setImmediate: (work: Work) => this.after(0, work),
      clearTimeout: (id: unknown) => this.forget(id),
      clearInterval: (id: unknown) => this.forget(id),
    };
    Object.assign(globalThis, timers);
    Object.assign(Date, { now: () => this.#now });
    // The platform hashes on another thread, which no life may wait for.
    Object.assign(crypto.subtle, { digest: sha256 });
  }

  #put(delayMs: number, work: Work, everyMs: number | null): number {
    const id = this.#next++;
    this.#timers.set(id, { id, at: this.#now + Math.max(0, Math.ceil(delayMs)), work, everyMs });
    return id;
  }

  /** The earliest timer until then; of two at one instant, the older. */
  #due(end: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers.values()) {
      if (timer.at <= end && (first === null || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

function sha256(_algorithm: string, input: Uint8Array): Promise<ArrayBuffer> {
  return Promise.resolve(Uint8Array.from(createHash('sha256').update(input).digest()).buffer);
}

function settled(): Promise<void> {
  return new Promise((resolve) => realTurn(resolve));
}
