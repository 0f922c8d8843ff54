/**
 * Whether this process can serve: each part that a request needs states how it is asked. A process
 * that is closing is no longer ready, so that a balancer stops sending to it.
 */
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.js';

type Check = () => Promise<unknown>;

export interface ReadinessReport {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, 'ready' | 'away'>>;
}

@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private readonly checks = new Map<string, Check>();
  private closing = false;

  constructor(database: Database) {
    this.add('database', () => database.query('SELECT 1'));
  }

  add(part: string, check: Check): void {
    this.checks.set(part, check);
  }

  beforeApplicationShutdown(): void {
    this.closing = true;
  }

  async report(): Promise<ReadinessReport> {
    const asked = [...this.checks].map(async ([part, check]) => {
      const [outcome] = await Promise.allSettled([check()]);
      return [part, outcome.status === 'fulfilled' ? 'ready' : 'away'] as const;
    });
    const parts = Object.fromEntries(await Promise.all(asked));
    const all = Object.values(parts).every((state) => state === 'ready');
    return { ready: all && !this.closing, parts };
  }
}
