/** A clock that moves only when told to: tests of time-outs and deadlines stand on it. */
import { Clock } from './clock.js';

export class ManualClock extends Clock {
  constructor(private instantMs: number) {
    super();
  }

  now(): number {
    return this.instantMs;
  }

  advance(byMs: number): void {
    this.instantMs += byMs;
  }
}
