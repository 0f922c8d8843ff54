/**
 * What lies between the devices of a life and its server: requests and answers that are lost, late,
 * doubled or overtaken, lines that drop what they should have told, and spells without any network.
 */
import type { HttpReply, HttpRequest } from '@liaison/sdk/http';
import type { Push } from '../../../src/events/committed.js';
import type { Chance } from '../chance.js';
import type { Exchange, Line } from '../primitives/socket.face.js';
import type { LifeServer } from '../server/server.js';
import type { Time } from '../time.js';

/** Who is at the end of a line, as far as the network cares. */
export interface Station {
  readonly cookie: string;
  readonly online: boolean;
}

const WAIT_MS = 3000;
const LATE_MS = 4000;

export class Network implements Exchange {
  /** How often something goes wrong, from 0 to 1. */
  faults = 0;
  readonly #lines = new Map<Line, string>();
  readonly #stations = new Map<string, Station>();

  constructor(
    private readonly server: LifeServer,
    private readonly time: Time,
    private readonly chance: Chance,
  ) {
    server.push = (push) => this.#spread(push);
  }

  join(station: Station): void {
    this.#stations.set(station.cookie, station);
  }

  /** Lines of a device end, as its network does. */
  cut(cookie: string): void {
    for (const [line, of] of [...this.#lines]) {
      if (of !== cookie) continue;
      this.#lines.delete(line);
      line.hear('disconnect');
    }
  }

  /** Lines of a program that is no more: nobody hears of it. */
  drop(cookie: string): void {
    for (const [line, of] of [...this.#lines]) {
      if (of !== cookie) continue;
      line.off();
      this.#lines.delete(line);
    }
  }

  plug(line: Line, cookie: string): boolean {
    if (this.#stations.get(cookie)?.online !== true) return false;
    if (this.server.desk.personOf(cookie) === null) return false;
    this.#lines.set(line, cookie);
    return true;
  }

  unplug(line: Line): void {
    this.#lines.delete(line);
  }

  /** Rejects where no answer comes, whatever the server made of the request. */
  async ask(station: Station, request: HttpRequest): Promise<HttpReply> {
    if (!station.online) throw new Error('no network');
    if (!this.chance.happens(this.faults)) return this.#exchange(station, request);
    const fault = this.chance.pick(['lost', 'cut', 'late', 'twice', 'late-answer'] as const);
    if (fault === 'lost') return this.#nothing();
    if (fault === 'late') await this.#late();
    if (fault === 'twice')
      this.time.after(this.chance.below(LATE_MS), this.#again(station, request));
    const reply = await this.#exchange(station, request);
    if (fault === 'cut') return this.#nothing();
    if (fault === 'late-answer') await this.#late();
    return this.#arrived(station, reply);
  }

  #again(station: Station, request: HttpRequest): () => void {
    return () => void this.server.answer(station.cookie, request);
  }

  async #exchange(station: Station, request: HttpRequest): Promise<HttpReply> {
    return this.#arrived(station, await this.server.answer(station.cookie, request));
  }

  /** An answer reaches only who still has a network. */
  #arrived({ online }: Station, reply: HttpReply): HttpReply {
    if (!online) throw new Error('no network any more');
    return reply;
  }

  #late(): Promise<void> {
    return this.time.pause(this.chance.below(LATE_MS));
  }

  async #nothing(): Promise<never> {
    await this.time.pause(WAIT_MS);
    throw new Error('no answer');
  }

  #spread({ event, payload, people }: Push): void {
    for (const [line, cookie] of this.#lines) {
      const person = this.server.desk.personOf(cookie);
      if (person === null || !(people as readonly string[]).includes(person)) continue;
      if (this.chance.happens(this.faults / 2)) continue;
      const delayMs = this.chance.happens(this.faults) ? this.chance.below(LATE_MS) : 1;
      this.time.after(delayMs, () => {
        if (this.#lines.has(line)) line.hear(event, payload);
      });
    }
  }
}
