/**
 * Where the queues live: in PostgreSQL by default, in Redis when one is given. Both keep the same
 * promises to a handler; only their speed differs.
 */
import {
  createPostgresBackend,
  type Job,
  type JobsOptions,
  Queue,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Config } from '../config/config.js';
import type { Log } from '../logger/log.js';
import { QUEUE_SCHEMA } from './queue.schema.js';

type Handle = (job: Job<unknown>) => Promise<void>;
type OnError = (error: Error) => void;
type OnFailed = (job: { id?: string; attemptsMade: number } | undefined, error: Error) => void;

/** What both kinds of queue have in common, and all that we use of them. */
export interface JobQueue {
  add(name: string, payload: unknown, options: JobsOptions): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: unknown },
  ): Promise<unknown>;
  getJobCountByTypes(
    ...types: ('waiting' | 'active' | 'delayed' | 'prioritized')[]
  ): Promise<number>;
  on(event: 'error', listener: OnError): unknown;
  close(): Promise<void>;
}

export interface JobWorker {
  on(event: 'error', listener: OnError): unknown;
  on(event: 'failed', listener: OnFailed): unknown;
  run(): Promise<void>;
  close(): Promise<void>;
}

export interface QueueBackend {
  queue(name: string): JobQueue;
  worker(name: string, handle: Handle, concurrency: number): JobWorker;
  /** Whether the store of the queues answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A queue keeps little of what is done: its truth is in our own tables. */
const KEPT: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: { count: 100 },
  removeOnFail: { count: 1_000 },
};
/** A worker that was killed loses its lock after this long, and another takes the job over. */
const LOCK: Pick<WorkerOptions, 'lockDuration' | 'stalledInterval' | 'maxStalledCount'> = {
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 5,
};
/** Connections of each queue and of each worker, their listening one apart. */
const CONNECTIONS = 2;
/** One slot of a Redis Cluster holds all keys of a queue. */
const PREFIX = '{liaison}';

function postgresBackend(config: Config): QueueBackend {
  const bound = withBackend(createPostgresBackend);
  const connection = {
    connectionString: config.databaseUrl,
    schema: QUEUE_SCHEMA,
    max: CONNECTIONS,
    application_name: 'liaison-queue',
  };
  return {
    queue: (name) => new bound.Queue(name, { connection, defaultJobOptions: KEPT }),
    worker: (name, handle, concurrency) =>
      new bound.Worker(name, handle, { connection, concurrency, autorun: false, ...LOCK }),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function redisBackend(url: string, log: Log): QueueBackend {
  // Workers block on their connection for ever; BullMQ asks that requests are never given up.
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', (error) => {
    log.warn('Redis is away.', { error });
  });
  return {
    queue: (name) => new Queue(name, { connection, prefix: PREFIX, defaultJobOptions: KEPT }),
    worker: (name, handle, concurrency) =>
      new Worker(name, handle, {
        connection,
        prefix: PREFIX,
        concurrency,
        autorun: false,
        ...LOCK,
      }),
    ping: async () => {
      if (connection.status !== 'ready') throw new Error('Redis is not connected.');
      await connection.ping();
    },
    close: async () => {
      await connection.quit();
    },
  };
}

export const createBackend = (config: Config, log: Log): QueueBackend =>
  config.redisUrl === undefined ? postgresBackend(config) : redisBackend(config.redisUrl, log);
