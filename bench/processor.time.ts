/**
 * Processor time, party by party: unlike a rate it hardly depends on what else the machine does, so
 * it shows what a change saves where a rate shows noise. Linux alone tells it; elsewhere nothing is
 * printed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { type Figure, plain } from './figure.js';
import type { LocalServer } from './local.server.js';

type Party = 'api' | 'apiThreads' | 'postgres' | 'sender';

/** Milliseconds on a processor so far, of each thread or process of a party. */
type Spent = Readonly<Record<Party, ReadonlyMap<number, number>>>;

const PARTIES: Readonly<Record<Party, string>> = {
  api: 'the main thread of the API',
  apiThreads: 'its other threads',
  postgres: 'PostgreSQL',
  sender: 'the senders',
};

const NAMES = Object.keys(PARTIES) as readonly Party[];

const NANOSECONDS = 1e6;

/** The first number that the kernel keeps of a thread: nanoseconds that it ran. */
function threadSpent(pid: number, thread: number): number {
  const file = `/proc/${String(pid)}/task/${String(thread)}/schedstat`;
  if (!existsSync(file)) return 0;
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / NANOSECONDS;
}

function threadsSpent(pid: number): Map<number, number> {
  const tasks = `/proc/${String(pid)}/task`;
  const threads = existsSync(tasks) ? readdirSync(tasks).map(Number) : [];
  return new Map(threads.map((thread) => [thread, threadSpent(pid, thread)]));
}

/** Backends, and those that write and check for them: PostgreSQL lists all of them. */
async function postgresPids(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  await client.end();
  return rows.map(({ pid }) => pid);
}

async function spent({ api, databaseUrl }: LocalServer): Promise<Spent> {
  const pid = api.process.pid ?? 0;
  const threads = threadsSpent(pid);
  const main = new Map([[pid, threads.get(pid) ?? 0]]);
  threads.delete(pid);
  const pids = await postgresPids(databaseUrl);
  return {
    api: main,
    apiThreads: threads,
    postgres: new Map(pids.flatMap((one) => [...threadsSpent(one)])),
    sender: threadsSpent(process.pid),
  };
}

/**
 * What those that are still there have spent since: a connection that was closed counts no more.
 */
function growth(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [id, now]) => sum + now - (before.get(id) ?? 0), 0);
}

/** Adds up what the parties spend while appends are sent, and says what one of them costs. */
export class ProcessorTime {
  private appends = 0;
  private readonly sums: Record<Party, number> = { api: 0, apiThreads: 0, postgres: 0, sender: 0 };

  constructor(private readonly server: LocalServer) {}

  /** Counts what is spent during this work, which makes so many appends. */
  async during<T>(appends: number, work: () => Promise<T>): Promise<T> {
    const before = await spent(this.server);
    const done = await work();
    const after = await spent(this.server);
    this.appends += appends;
    for (const party of NAMES) this.sums[party] += growth(before[party], after[party]);
    return done;
  }

  figures(): Figure[] {
    if (this.sums.api === 0) return [];
    return NAMES.map((party) =>
      plain(`appends, processor time: ${PARTIES[party]}`, 'ms', this.sums[party] / this.appends),
    );
  }
}
