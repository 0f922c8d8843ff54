/**
 * A device of a life: a store that lasts, and a program on it that can end at any of its waits and
 * begin again. A program that has ended hears nothing any more: what it waits for never comes.
 */
import type { DeviceId } from '@liaison/contract/ids';
import { Engine } from '@liaison/sdk/engine';
import type { Http } from '@liaison/sdk/http';
import { Liaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Store, Table, Transaction } from '@liaison/sdk/store/store';
import { ORIGIN } from '../server/server.js';
import type { Time } from '../time.js';
import type { Network } from './network.js';
import type { Human } from './human.js';

/** What lasts on a device, and can be had again as it was. */
export class Disk extends MemoryStore {
  copy(): Disk {
    const disk = new Disk();
    disk.share(this);
    return disk;
  }
}

/** One program, from its start to its end. */
class Run {
  alive = true;
}

const never = (): Promise<never> => new Promise(() => undefined);

export class LifeDevice {
  online = true;
  /** How far its clock is off. */
  skewMs = 0;
  /** It is done for: wiped, or its owner revoked it. */
  ended = false;
  /** Its owner has neither another device nor a paper: on this one they begin anew. */
  isAnew = false;
  /** Waits until the program ends by itself; null: it does not. */
  fuse: number | null = null;
  /** Once its program has opened. */
  id: DeviceId | null = null;
  engine: Engine | null = null;
  liaison: Liaison | null = null;
  #run: Run | null = null;

  constructor(
    readonly cookie: string,
    readonly human: Human,
    private readonly socket: boolean,
    private readonly time: Time,
    private readonly network: Network,
    readonly disk: Disk,
  ) {
    network.join(this);
  }

  get running(): boolean {
    return this.#run?.alive === true;
  }

  /** Starts the program; it may end before it is open. */
  async start(): Promise<void> {
    const run = (this.#run = new Run());
    this.fuse = null;
    const http: Http = Object.assign(this.#http(run), { cookies: () => this.cookie });
    const store = this.#store(run);
    const clock = (): number => this.time.now() + this.skewMs;
    const options = { origin: ORIGIN, http, store, socket: this.socket, clock };
    const engine = (this.engine = new Engine(options));
    this.liaison = new Liaison(engine);
    await engine.open();
  }

  /** Ends the program as a power cut does. */
  crash(): void {
    if (this.#run !== null) this.#run.alive = false;
    this.network.drop(this.cookie);
    this.engine = null;
    this.liaison = null;
  }

  goOffline(): void {
    this.online = false;
    this.network.cut(this.cookie);
  }

  goOnline(): void {
    this.online = true;
  }

  /** Every wait of the program passes here. */
  async #wait<T>(run: Run, work: () => Promise<T>): Promise<T> {
    if (!this.#goesOn(run)) return never();
    const result = await work();
    return this.#goesOn(run) ? result : never();
  }

  #goesOn(run: Run): boolean {
    if (!run.alive) return false;
    if (this.fuse === null) return true;
    this.fuse -= 1;
    if (this.fuse > 0) return true;
    this.fuse = null;
    this.crash();
    return false;
  }

  #http(run: Run): Http {
    return async (request) => {
      if (!this.#goesOn(run)) return never();
      try {
        const reply = await this.network.ask(this, request);
        return this.#goesOn(run) ? reply : await never();
      } catch (error) {
        if (!run.alive) return never();
        throw error;
      }
    };
  }

  #store(run: Run): Store {
    const { disk } = this;
    return {
      latch: null,
      get: <T>(table: Table, key: string) => this.#wait(run, () => disk.get<T>(table, key)),
      scan: <T>(table: Table, prefix: string) => this.#wait(run, () => disk.scan<T>(table, prefix)),
      transaction: <T>(work: (tx: Transaction) => Promise<T> | T) =>
        this.#wait(run, () => disk.transaction(work)),
      wipe: () => this.#wait(run, () => disk.wipe()),
      close: () => this.#wait(run, () => disk.close()),
    };
  }
}
