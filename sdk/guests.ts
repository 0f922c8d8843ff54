/**
 * Whom the person's teams asked to come, as the server notes it: who came by a link is its word
 * alone, so nothing follows from it without a person.
 */
import { GUEST_ROUTES, type Guest, type GuestToken } from '@liaison/contract/guest';
import type { CircleId, Uuid } from '@liaison/contract/ids';
import type { Ground } from './ground.js';

/** Who came is told by a notification; this is for whoever missed it. */
const FRESH_MS = 15_000;

export class Guests {
  #known: ReadonlyMap<Uuid, Guest> = new Map();
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;

  constructor(private readonly ground: Ground) {}

  /** As known now; asked for where that is old. Undefined: none of that name, or not known. */
  async of(guest: Uuid): Promise<Guest | undefined> {
    const isOld = this.ground.clock() - this.#askedAt > FRESH_MS;
    const isSettled = this.#known.get(guest)?.state === 'arrived';
    if (isOld && !isSettled) await this.ground.reach.soon(() => this.refresh());
    return this.#known.get(guest);
  }

  /** Whether the server's list is known at all. */
  get isKnown(): boolean {
    return Number.isFinite(this.#askedAt);
  }

  /** Asked once, however many views want it. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Somebody may have come: views of those who are awaited are read again. */
  stir(): void {
    if (![...this.#known.values()].some(({ state }) => state === 'invited')) return;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    this.ground.changes.tell({ what: 'handoffs' });
  }

  async #ask(): Promise<void> {
    this.#take((await this.ground.api.call(GUEST_ROUTES.guests, {})).guests);
  }

  async invite(guest: Uuid, team: CircleId, address: string): Promise<void> {
    const body = { guest, team, address, language: 'fr' } as const;
    this.#take((await this.ground.api.call(GUEST_ROUTES.inviteGuest, { body })).guests);
    this.ground.changes.tell({ what: 'handoffs' });
  }

  async arrive(token: GuestToken): Promise<void> {
    await this.ground.api.call(GUEST_ROUTES.arriveAsGuest, { body: { token } });
  }

  #take(guests: readonly Guest[]): void {
    this.#known = new Map(guests.map((one) => [one.guest, one]));
    this.#askedAt = this.ground.clock();
  }
}
