/**
 * Looks sessions up, together for the requests that arrive while the look-up before runs. Each is
 * answered by what the database says after it arrived, never by what was remembered: an ended
 * session opens nothing, at once.
 */
import type { Queryable } from '../platform/database/database.js';
import type { LiveSession } from './live-session.js';
import { SQL } from './session.statements.js';

interface Asked {
  readonly hash: Buffer;
  readonly now: number;
  readonly resolve: (session: LiveSession | null) => void;
  readonly reject: (error: unknown) => void;
}

/** `at`: which of the hashes asked for, from 1. */
type Found = LiveSession & { readonly at: number } & Record<string, unknown>;

export class SessionFinder {
  private asked: Asked[] = [];
  private asking = false;

  constructor(private readonly database: Queryable) {}

  /** The live session that a token's hash opens; null when there is none (any more). */
  find(hash: Buffer, now: number): Promise<LiveSession | null> {
    return new Promise((resolve, reject) => {
      this.asked.push({ hash, now, resolve, reject });
      if (this.asking) return;
      this.asking = true;
      setImmediate(() => void this.askAll());
    });
  }

  private async askAll(): Promise<void> {
    while (this.asked.length > 0) {
      const { asked } = this;
      this.asked = [];
      await this.ask(asked);
    }
    this.asking = false;
  }

  private async ask(asked: readonly Asked[]): Promise<void> {
    try {
      const hashes = asked.map(({ hash }) => hash);
      const now = Math.max(...asked.map((one) => one.now));
      const rows = await this.database.prepared<Found>(SQL.find, [hashes, now]);
      const found = new Map(rows.map((row) => [row.at, row]));
      asked.forEach((one, i) => one.resolve(found.get(i + 1) ?? null));
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }
}
