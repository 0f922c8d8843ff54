/**
 * The time of a care life: one that only goes forward, which timers follow, and what the machines'
 * clocks say, which jump. Looks that come again and again are let out while nothing that any of
 * them could find is due: days go by at the cost of what happens in them.
 */
type Work = () => void;

interface Timer {
  readonly id: number;
  at: number;
  readonly work: Work;
  readonly everyMs: number | null;
}

/** From then on the clocks are so far from the true time. */
interface Shift {
  readonly from: number;
  readonly byMs: number;
}

/** From one true instant to another. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** One turn of the machine's own loop: promises are worked off before it comes. */
const realTurn = setImmediate;
const turned = (): Promise<void> => new Promise((resolve) => realTurn(resolve));

/** A life that does this much has gone round in a ring. */
const MOST_STEPS = 150_000;

export class CareTime {
  readonly shifts: Shift[] = [{ from: 0, byMs: 0 }];
  #now: number;
  #next = 1;
  #left = MOST_STEPS;
  readonly #timers = new Map<number, Timer>();

  constructor(begins: number) {
    this.#now = begins;
  }

  /** What no machine of a life can see: how much time has truly passed. */
  now(): number {
    return this.#now;
  }

  /** What the clocks on the machines say. */
  wall(): number {
    return this.#now + this.shiftMs();
  }

  shiftMs(): number {
    return this.shifts.at(-1)?.byMs ?? 0;
  }

  /** The clocks jump, all at once: machines ask the same source. */
  jump(byMs: number): void {
    this.shifts.push({ from: this.#now, byMs: this.shiftMs() + byMs });
  }

  /** When, from a true instant on, the clocks first said that; null if they have not yet. */
  whenWall(wall: number, from: number): number | null {
    for (const [i, { from: begun, byMs }] of this.shifts.entries()) {
      const ends = this.shifts[i + 1]?.from ?? this.#now;
      const first = Math.max(begun, from, wall - byMs);
      if (first <= ends && ends >= from) return first;
    }
    return null;
  }

  /**
   * When, between two true instants, the clocks said that or later. Put back to before it, they
   * end that; a jump that leaves them beyond it does not.
   */
  saying(wall: number, from: number, to: number): Span[] {
    const spans: Span[] = [];
    for (const [i, { from: begun, byMs }] of this.shifts.entries()) {
      const first = Math.max(begun, from, wall - byMs);
      const last = Math.min(this.shifts[i + 1]?.from ?? to, to);
      if (first > last) continue;
      const goesOn = spans.at(-1)?.to === first ? spans.pop() : undefined;
      spans.push({ from: goesOn?.from ?? first, to: last });
    }
    return spans;
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

  /** `due`: the true instant at which a look would next find something. */
  async until(end: number, due: () => number): Promise<void> {
    await turned();
    for (;;) {
      this.#letOut(Math.min(end, due()));
      const timer = this.#earliest(end);
      if (timer === null) break;
      this.#now = Math.max(this.#now, timer.at);
      if (timer.everyMs === null) this.#timers.delete(timer.id);
      else timer.at += timer.everyMs;
      if (this.#left-- === 0) throw new Error('time: this life does not come to rest');
      timer.work();
      await turned();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Puts this time in the place of the machine's, for everything that runs from now on. */
  rule(): void {
    Object.assign(globalThis, {
      setTimeout: (work: Work, ms = 0) => this.after(ms, work),
      setInterval: (work: Work, ms = 0) => this.every(ms, work),
      setImmediate: (work: Work) => this.after(0, work),
      clearTimeout: (id: unknown) => this.forget(id),
      clearInterval: (id: unknown) => this.forget(id),
    });
    Object.assign(Date, { now: () => this.wall() });
    Object.assign(performance, { now: () => this.#now });
  }

  /** Looks before that instant would find nothing: each goes on from its first tick after it. */
  #letOut(until: number): void {
    for (const timer of this.#timers.values()) {
      if (timer.everyMs === null || timer.at >= until) continue;
      const first = this.#firstWork();
      const to = Math.min(until, first);
      if (timer.at >= to) continue;
      timer.at += Math.ceil((to - timer.at) / timer.everyMs) * timer.everyMs;
    }
  }

  #firstWork(): number {
    let first = Infinity;
    for (const { at, everyMs } of this.#timers.values()) {
      if (everyMs === null && at < first) first = at;
    }
    return first;
  }

  #put(delayMs: number, work: Work, everyMs: number | null): number {
    const id = this.#next++;
    this.#timers.set(id, { id, at: this.#now + Math.max(0, Math.ceil(delayMs)), work, everyMs });
    return id;
  }

  /** The earliest timer until then; of two at one instant, the older. */
  #earliest(end: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers.values()) {
      if (timer.at <= end && (first === null || timer.at < first.at)) first = timer;
    }
    return first;
  }
}
