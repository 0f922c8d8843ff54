/**
 * What a worker's process looks for again and again, by its own steady clock: a queues' store that
 * is away or was wiped does not make it wait, nor does a machine's clock that was put back (a
 * schedule in a queue waits until that clock has caught up). A look that runs is not doubled.
 */
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Role } from '../config/config.js';
import { Log } from '../logger/log.js';
import { ROLES } from './queue.tokens.js';

/** Idempotent: every worker looks, and whoever comes second finds nothing. */
type Look = () => Promise<void>;

interface Kept {
  readonly name: string;
  readonly everyMs: number;
  readonly look: Look;
}

@Injectable()
export class Looks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly kept: Kept[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    @Inject(ROLES) private readonly roles: readonly Role[],
    private readonly log: Log,
  ) {}

  /** Called by a feature when its module starts; in a process of the API it does nothing. */
  every(name: string, everyMs: number, look: Look): void {
    this.kept.push({ name, everyMs, look });
  }

  /** Looks begin once every module is ready. */
  onApplicationBootstrap(): void {
    if (!this.roles.includes('worker')) return;
    for (const one of this.kept) {
      this.timers.push(setInterval(() => this.begin(one), one.everyMs));
    }
  }

  /** What is under way ends before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running.values());
  }

  private begin({ name, look }: Kept): void {
    if (this.running.has(name)) return;
    const run = look()
      .catch((error: unknown) => {
        this.log.warn('A look failed: the next one does it.', { look: name, error });
      })
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
  }
}
