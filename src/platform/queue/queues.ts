/**
 * Puts jobs in queues. A payload carries opaque ids, never content: it stays in tables, backups and
 * dashboards that are not sealed.
 */
import type { JobsOptions } from 'bullmq';
import { LIMITS } from '@liaison/contract/limits';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { toProblem } from '../database/failures.js';
import { Log } from '../logger/log.js';
import { QUEUE_BACKEND } from './queue.tokens.js';
import type { JobQueue, QueueBackend } from './queue.backend.js';

/** Ids, numbers and instants: what a handler looks up for itself. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

export type JobOptions = Pick<JobsOptions, 'jobId' | 'delay' | 'attempts' | 'backoff' | 'priority'>;

@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly open = new Map<string, JobQueue>();
  private readonly schedules = new Map<string, () => Promise<void>>();
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly log: Log,
  ) {}

  async add(name: string, payload: JobPayload, options: JobOptions = {}): Promise<void> {
    try {
      await this.queue(name).add(name, payload, options);
    } catch (error) {
      throw toProblem(error);
    }
  }

  /**
   * Runs a job again and again: every process may ask for it, one schedule comes of it. It is asked
   * for anew from time to time, since a store that was wiped has forgotten it. Nobody waits for it:
   * a process that begins while the store is away has other work than that of the queues.
   */
  repeat(name: string, everyMs: number, payload: JobPayload = {}): void {
    const schedule = async (): Promise<void> => {
      const repeated = { name, data: payload };
      await this.queue(name).upsertJobScheduler(`${name}-every`, { every: everyMs }, repeated);
    };
    this.schedules.set(name, schedule);
    this.renew(name, schedule);
    this.renewal ??= setInterval(() => this.renewAll(), LIMITS.scheduleRenewMs.value);
  }

  private renewAll(): void {
    for (const [name, schedule] of this.schedules) this.renew(name, schedule);
  }

  private renew(name: string, schedule: () => Promise<void>): void {
    schedule().catch((error: unknown) => {
      this.log.warn('A schedule was not renewed; the next look does it.', { queue: name, error });
    });
  }

  /** Jobs that wait, run or are delayed: for health pages and for tests that wait for quiet. */
  async pending(name: string): Promise<number> {
    return this.queue(name).getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized');
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.renewal);
    await Promise.all([...this.open.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  private queue(name: string): JobQueue {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const queue = this.backend.queue(name);
    // Without a listener an error of the connection would end the process.
    queue.on('error', (error) => {
      this.log.warn('A queue is away.', { queue: name, error });
    });
    this.open.set(name, queue);
    return queue;
  }
}
