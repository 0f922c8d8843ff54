/**
 * A clock that a story moves on: the server's rules and every client of the world ask it, and the
 * provider's tokens are dated by it. Only the database keeps its own time.
 */
import { Clock } from '../../src/platform/clock/clock.js';

export class MovedClock extends Clock {
  #aheadMs = 0;

  get aheadMs(): number {
    return this.#aheadMs;
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  move(ms: number): void {
    this.#aheadMs += ms;
  }
}
