/**
 * The one source of time of the server's rules. Deadlines are swept by the database's clock; this
 * one dates what the process itself does, so that tests can move it.
 */
export abstract class Clock {
  /** Milliseconds since the epoch, UTC. */
  abstract now(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
