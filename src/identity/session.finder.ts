/**
 * Looks sessions up, the requests of one turn together. Each request is answered by what the
 * database says now, never by what was remembered: an ended session opens nothing, at once.
 */
import type { Queryable } from '../platform/database/database.js';
import type { LiveSession } from './live-session.js';
import { SQL } from './session.statements.js';

interface Asked {
  readonly hash: Buffer;
  readonly resolve: (session: LiveSession | null) => void;
  readonly reject: (error: unknown) => void;
}

/** `at`: which of the hashes asked for, from 1. */
type Found = LiveSession & { readonly at: number } & Record<string, unknown>;

export class SessionFinder {
  private asked: Asked[] = [];

  constructor(private readonly database: Queryable) {}

  /** The live session that a token's hash opens; null when there is none (any more). */
  find(hash: Buffer, now: number): Promise<LiveSession | null> {
    return new Promise((resolve, reject) => {
      this.asked.push({ hash, resolve, reject });
      if (this.asked.length === 1) setImmediate(() => void this.ask(now));
    });
  }

  private async ask(now: number): Promise<void> {
    const { asked } = this;
    this.asked = [];
    try {
      const hashes = asked.map(({ hash }) => hash);
      const rows = await this.database.prepared<Found>(SQL.find, [hashes, now]);
      const found = new Map(rows.map((row) => [row.at, row]));
      asked.forEach((one, i) => one.resolve(found.get(i + 1) ?? null));
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }
}
