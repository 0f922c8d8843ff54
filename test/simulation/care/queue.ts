/**
 * Stands where processes expect the store of the queues: jobs that wait, run under a lock, or are
 * delayed by the machine's clock, and schedules that come again. It can be away, and it can lose
 * everything at once. A job whose worker ended is given to another when its lock has run out.
 */
import type {
  JobQueue,
  JobWorker,
  QueueBackend,
} from '../../../src/platform/queue/queue.backend.js';
import type { Asker } from './rows/database.js';
import type { CareTime } from './time.js';

type Handle = Parameters<QueueBackend['worker']>[1];

interface Job {
  readonly id: number;
  readonly name: string;
  readonly data: unknown;
  made: number;
}

interface Hand {
  readonly asker: Asker;
  readonly handle: Handle;
  readonly room: number;
  busy: number;
}

interface Shelf {
  waiting: Job[];
  readonly schedules: Set<string>;
  readonly hands: Hand[];
}

const ATTEMPTS = 5;
const BACKOFF_MS = 500;
const LOCK_MS = 30_000;

export class QueueStore {
  isAway = false;
  #epoch = 0;
  #next = 1;
  #shelves = new Map<string, Shelf>();

  constructor(private readonly time: CareTime) {}

  /** Everything that it held is gone; workers that run do not know. */
  wipe(): void {
    this.#epoch += 1;
    for (const shelf of this.#shelves.values()) {
      shelf.waiting = [];
      shelf.schedules.clear();
    }
  }

  backendFor(asker: Asker): QueueBackend {
    return {
      queue: (name) => this.#queue(name, asker),
      worker: (name, handle, room) => this.#worker(name, asker, handle, room),
      ping: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  }

  #queue(name: string, asker: Asker): JobQueue {
    const reach = async (): Promise<Shelf> => {
      if (!asker.goesOn()) return new Promise(() => undefined);
      if (this.isAway) throw new Error('Redis is not connected.');
      return this.#shelf(name);
    };
    return {
      add: async (jobName, data) => {
        this.#put(name, await reach(), { id: this.#next++, name: jobName, data, made: 0 });
      },
      upsertJobScheduler: async (id, { every }, { name: jobName, data }) => {
        const shelf = await reach();
        if (shelf.schedules.has(id)) return;
        shelf.schedules.add(id);
        this.#schedule(name, every, { name: jobName, data });
      },
      getJobCountByTypes: async () => (await reach()).waiting.length,
      on: () => undefined,
      close: () => Promise.resolve(),
    };
  }

  /** Its next turn is an instant of the machine's clock: one that is put back makes it wait. */
  #schedule(name: string, every: number, job: Pick<Job, 'name' | 'data'>): void {
    const epoch = this.#epoch;
    let next = this.time.wall();
    const timer = this.time.every(every, () => {
      if (epoch !== this.#epoch) {
        this.time.forget(timer);
        return;
      }
      if (this.time.wall() < next) return;
      next = this.time.wall() + every;
      this.#put(name, this.#shelf(name), { id: this.#next++, ...job, made: 0 });
    });
  }

  #worker(name: string, asker: Asker, handle: Handle, room: number): JobWorker {
    const hand = { asker, handle, room, busy: 0 };
    return {
      on: () => undefined,
      run: () => {
        this.#shelf(name).hands.push(hand);
        this.#serve(name);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }

  #put(name: string, shelf: Shelf, job: Job): void {
    shelf.waiting.push(job);
    this.#serve(name);
  }

  /** Back after it was away: what waits is given out. */
  serveAll(): void {
    for (const name of this.#shelves.keys()) this.#serve(name);
  }

  #serve(name: string): void {
    const shelf = this.#shelf(name);
    for (const hand of [...shelf.hands]) {
      if (!hand.asker.alive) shelf.hands.splice(shelf.hands.indexOf(hand), 1);
      while (!this.isAway && hand.asker.alive && hand.busy < hand.room) {
        const job = shelf.waiting.shift();
        if (job === undefined) return;
        void this.#run(name, hand, job);
      }
    }
  }

  async #run(name: string, hand: Hand, job: Job): Promise<void> {
    const epoch = this.#epoch;
    hand.busy += 1;
    const again = (afterMs: number): void => {
      this.time.after(afterMs, () => {
        if (epoch === this.#epoch) this.#put(name, this.#shelf(name), job);
      });
    };
    void hand.asker.ended.then(() => {
      if (hand.busy > 0 && !isDone) again(LOCK_MS);
    });
    let isDone = false;
    try {
      type Given = Parameters<Handle>[0];
      const given: unknown = { id: String(job.id), data: job.data, attemptsMade: job.made };
      await hand.handle(given as Given);
    } catch {
      job.made += 1;
      if (job.made < ATTEMPTS) again(BACKOFF_MS * 2 ** (job.made - 1));
    }
    isDone = true;
    hand.busy -= 1;
    this.#serve(name);
  }

  #shelf(name: string): Shelf {
    const shelf = this.#shelves.get(name) ?? { waiting: [], schedules: new Set(), hands: [] };
    this.#shelves.set(name, shelf);
    return shelf;
  }
}
