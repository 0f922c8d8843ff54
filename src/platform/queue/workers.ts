/**
 * Works through queues, in worker processes only. A job may be given twice (a killed worker, a
 * retry): every handler must be idempotent.
 */
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { z } from 'zod';
import type { Role } from '../config/config.js';
import { Log } from '../logger/log.js';
import type { JobWorker, QueueBackend } from './queue.backend.js';
import { QUEUE_BACKEND, ROLES } from './queue.tokens.js';

export interface JobInfo {
  readonly id: string;
  /** 1 on the first try. */
  readonly attempt: number;
}

export interface ProcessOptions {
  readonly concurrency?: number;
}

type Start = () => JobWorker;

@Injectable()
export class Workers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly waiting: Start[] = [];
  private readonly running: JobWorker[] = [];
  private started = false;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(ROLES) private readonly roles: readonly Role[],
    private readonly log: Log,
  ) {}

  /** Called by a feature when its module starts; in a process of the API it does nothing. */
  process<S extends z.ZodType>(
    name: string,
    schema: S,
    handle: (payload: z.output<S>, job: JobInfo) => Promise<void>,
    { concurrency = 1 }: ProcessOptions = {},
  ): void {
    if (!this.roles.includes('worker')) return;
    const start = (): JobWorker =>
      this.backend.worker(
        name,
        async (job) => {
          const payload = schema.parse(job.data);
          await handle(payload, { id: job.id ?? '', attempt: job.attemptsMade + 1 });
        },
        concurrency,
      );
    if (this.started) this.run(name, start);
    else this.waiting.push(() => this.run(name, start));
  }

  /** Handlers start once every module is ready, so that none meets a half-built server. */
  onApplicationBootstrap(): void {
    this.started = true;
    for (const start of this.waiting.splice(0)) start();
  }

  /** A job in hand is finished before the database and the queues close. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running.map((worker) => worker.close()));
  }

  private run(name: string, start: Start): JobWorker {
    const worker = start();
    // Without a listener an error of the connection would end the process, or spin unseen.
    worker.on('error', (error) => {
      this.log.warn('A worker cannot reach its queue.', { queue: name, error });
    });
    worker.on('failed', (job, error) => {
      this.log.warn('A job failed and will be tried again while attempts are left.', {
        queue: name,
        job: job?.id,
        attempt: job?.attemptsMade,
        error,
      });
    });
    worker.run().catch((error: unknown) => {
      this.log.error('A worker stopped.', { queue: name, error });
    });
    this.running.push(worker);
    return worker;
  }
}
