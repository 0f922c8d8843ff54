/**
 * Liaison as operators run it: API, worker and a durable PostgreSQL, each a process of its own that
 * a test may kill and start again, with the provider's emulator and a mail catcher beside them.
 * Clients reach the API through a proxy that records and cuts. Nothing of it is a stand-in.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readdirSync } from 'node:fs';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Database } from '../../src/platform/database/database.js';
import { poolOptions } from '../../src/platform/database/pool.options.js';
import {
  type Cluster,
  ensureDatabase,
  startCluster,
} from '../../src/platform/embedded/postgres.cluster.js';
import { type MailCatcher, startMailCatcher } from '../../tools/mail-catcher/catcher.server.js';
import { type PscEmulator, startPscEmulator } from '../../tools/psc-emulator/emulator.server.js';
import { lendProviderKeys } from './provider-keys.js';
import { WireProxy } from './wire.proxy.js';

const DIST = resolve(import.meta.dirname, '../../dist/src');
const DATABASE = 'liaison';
const START_MS = 30_000;
const STEP_MS = 20;

type Program = 'api' | 'worker';
const FILES: Readonly<Record<Program, string>> = { api: 'main.js', worker: 'worker.js' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Every process below one, which a kill of that one alone would leave to end by itself. */
function withChildren(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => parentOf(Number(name)));
  const found = [pid];
  for (const known of found) {
    found.push(...parents.filter(({ parent }) => parent === known).map(({ child }) => child));
  }
  return found;
}

function parentOf(child: number): { child: number; parent: number }[] {
  try {
    const stat = readFileSync(`/proc/${child}/stat`, 'latin1');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return [{ child, parent }];
  } catch {
    // It ended while the list was read.
    return [];
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile, as was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

interface MachineOptions {
  readonly logLevel?: string;
  /** Whether the proxy keeps what passes: a test that sends for a while need not. */
  readonly records?: boolean;
  /** Push services that may be asked, beside none. */
  readonly pushServices?: readonly string[];
}

export class Processes {
  readonly #running = new Map<Program, ChildProcess>();
  #cluster: Cluster | null = null;
  #port = 0;

  private constructor(
    readonly folder: string,
    readonly emulator: PscEmulator,
    readonly mails: MailCatcher,
    readonly proxy: WireProxy,
    private readonly apiPort: number,
    private readonly logLevel: string,
    private readonly pushServices: readonly string[],
  ) {}

  /** Everything up, with an empty, migrated database. */
  static async open(options: MachineOptions = {}): Promise<Processes> {
    const { logLevel = 'info', records = false, pushServices = [] } = options;
    const folder = mkdtempSync(join(tmpdir(), 'liaison-processes-'));
    // PostgreSQL runs as another account when the tests run as root.
    chmodSync(folder, 0o711);
    for (const name of ['data', 'logs']) mkdirSync(join(folder, name));
    const apiPort = await freePort();
    const proxy = await WireProxy.open(() => apiPort, records);
    const redirectUris = [`http://localhost:${proxy.port}/api/auth/callback`];
    lendProviderKeys(folder);
    const emulator = await startPscEmulator({ port: 0, dataDir: folder, redirectUris });
    const mails = await startMailCatcher({ smtpPort: 0, httpPort: 0, dir: join(folder, 'mails') });
    const machine = new Processes(
      ...([folder, emulator, mails, proxy, apiPort, logLevel, pushServices] as const),
    );
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(folder, 'log.pem'), key, { mode: 0o600 });
    await machine.startPostgres();
    await machine.run('migrate.js');
    await Promise.all([machine.start('api'), machine.start('worker')]);
    return machine;
  }

  get origin(): string {
    return `http://localhost:${this.proxy.port}`;
  }

  /** Where PostgreSQL keeps its files, its write-ahead log among them. */
  get postgresFolder(): string {
    return join(this.folder, 'postgres');
  }

  get dataFolder(): string {
    return join(this.folder, 'data');
  }

  get logsFolder(): string {
    return join(this.folder, 'logs');
  }

  get databaseUrl(): string {
    if (this.#cluster === null) throw new Error('PostgreSQL is down.');
    return this.#cluster.url(DATABASE);
  }

  /** Statements of the test itself, on a connection of their own. */
  async ask<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const pool = new pg.Pool(poolOptions(this.databaseUrl, 2, 'liaison-test'));
    pool.on('error', () => undefined);
    try {
      return await work(new Database(pool));
    } finally {
      await pool.end();
    }
  }

  async start(program: Program): Promise<void> {
    const log = openSync(join(this.logsFolder, `${program}.log`), 'a');
    const child = spawn(process.execPath, [join(DIST, FILES[program])], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', log],
    });
    closeSync(log);
    this.#running.set(program, child);
    await this.#untilReady(program, child);
  }

  /** `kill -9`, and nothing that the program could do about it. */
  async kill(program: Program): Promise<void> {
    const child = this.#running.get(program);
    if (child === undefined) throw new Error(`There is no ${program} to kill.`);
    this.#running.delete(program);
    if (child.exitCode !== null) {
      const complaint = readFileSync(join(this.logsFolder, `${program}.log`), 'utf8').slice(-3000);
      throw new Error(`The ${program} had ended by itself (${child.exitCode}): ${complaint}`);
    }
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async startPostgres(): Promise<void> {
    this.#cluster = await startCluster({
      dataDir: this.postgresFolder,
      logFile: join(this.logsFolder, 'postgres.log'),
      password: 'for-tests-only',
      durable: true,
      port: this.#port,
    });
    if (this.#port !== 0 && this.#cluster.port !== this.#port)
      throw new Error('Its port is taken.');
    this.#port = this.#cluster.port;
    await ensureDatabase(this.#cluster, DATABASE);
  }

  /** The postmaster and each of its backends at once, as a power cut would. */
  async killPostgres(): Promise<void> {
    const cluster = this.#cluster;
    if (cluster === null) throw new Error('There is no PostgreSQL to kill.');
    this.#cluster = null;
    const pidFile = readFileSync(join(this.postgresFolder, 'postmaster.pid'), 'utf8');
    const pids = withChildren(Number.parseInt(pidFile, 10));
    const ended = once(cluster.process, 'exit');
    for (const pid of pids) killNow(pid);
    await ended;
    for (const pid of pids) while (parentOf(pid).length > 0) await pause(STEP_MS);
  }

  /** Runs one of the server's programs to its end; gives what it said. */
  async run(file: string, ...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(DIST, file), ...args], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${file} ended with ${String(code)}: ${said}`);
    return said;
  }

  /** The link by which a first coordinator gets in. */
  async operatorLink(name: string): Promise<string> {
    return (await this.run('invite-operator.js', name)).trim();
  }

  /** What a program has logged so far. */
  logOf(program: Program): string {
    return readFileSync(join(this.logsFolder, `${program}.out`), 'utf8');
  }

  async close(): Promise<void> {
    for (const program of [...this.#running.keys()]) await this.kill(program);
    await this.#cluster?.stop();
    await this.proxy.close();
    await this.mails.close();
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(): Record<string, string> {
    const { issuer, clientId, clientSecret } = this.emulator;
    return {
      LIAISON_MODE: 'embedded',
      LIAISON_DATA_DIR: this.dataFolder,
      LOG_KEY_FILE: join(this.folder, 'log.pem'),
      LOG_LEVEL: this.logLevel,
      DATABASE_URL: this.databaseUrl,
      DATABASE_CONNECTIONS: '8',
      PORT: String(this.apiPort),
      PUBLIC_ORIGIN: this.origin,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      SMTP_URL: this.mails.smtpUrl,
      ...(this.pushServices.length > 0 && { PUSH_SERVICES: this.pushServices.join(',') }),
    };
  }

  async #untilReady(program: Program, child: ChildProcess): Promise<void> {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      writeFileSync(join(this.logsFolder, `${program}.out`), chunk, { flag: 'a' });
    });
    for (let waited = 0; waited < START_MS; waited += STEP_MS) {
      if (said.includes('"ready":true')) return;
      if (child.exitCode !== null) break;
      await pause(STEP_MS);
    }
    throw new Error(`The ${program} did not start: ${said.slice(-2000)}`);
  }
}
