/**
 * A real PostgreSQL out of npm, for one machine: created on first use, started, asked to stop, and
 * taken over when a killed run left it behind. It listens on the loopback address only, behind a
 * password, and every commit reaches the disk.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { stopOrphan } from './orphan.js';
import { findBinaries, type PostgresBinaries } from './postgres.binaries.js';
import { postgresUser, type SystemUser } from './system.user.js';

export interface ClusterOptions {
  readonly dataDir: string;
  readonly password: string;
  /** Where PostgreSQL writes its log; it never holds statements or their values. */
  readonly logFile: string;
  /** False only for tests: what they write may be lost with the machine. */
  readonly durable: boolean;
  /** The port of a run before, so that programs which hold its address find it again. */
  readonly port?: number;
}

export interface Cluster {
  readonly port: number;
  /** The address of one database of the cluster. */
  url(database: string): string;
  /** The keeper's id and its end, for whoever supervises it. */
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const USER = 'liaison';
const CONNECTIONS = 200;
const START_MS = 30_000;
const STEP_MS = 20;
const GRACE_MS = 15_000;
const KEEPER = fileURLToPath(new URL('./postgres-keeper.mjs', import.meta.url));

const asUser = (user: SystemUser | undefined) =>
  user === undefined ? {} : { uid: user.uid, gid: user.gid };

async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (wanted === 0) throw error;
    return freePort(0);
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

async function run(command: string, args: readonly string[], user: SystemUser | undefined) {
  const child = spawn(command, args, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...asUser(user),
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`PostgreSQL could not create its files.\n${complaint}`);
}

/** Made beside and moved into place, so that a run killed half-way leaves nothing half made. */
async function create(
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
  { dataDir, password, durable }: ClusterOptions,
): Promise<void> {
  const draft = `${dataDir}.new`;
  const secret = `${dataDir}.secret`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (user !== undefined) {
    for (const path of [draft, secret]) chownSync(path, user.uid, user.gid);
  }
  const args = ['-D', draft, '-U', USER, `--pwfile=${secret}`, '--auth=scram-sha-256'];
  // The same order and letter case on every machine, whatever locales it has.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const sync = durable ? [] : ['--no-sync'];
  try {
    await run(binaries.initdb, [...args, ...locale, '--locale=C', ...sync], user);
  } finally {
    rmSync(secret, { force: true });
  }
  renameSync(draft, dataDir);
}

function settings({ dataDir, durable }: ClusterOptions, port: number): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    // Paths to sockets have a short limit that a deep checkout exceeds: TCP on loopback serves.
    unix_socket_directories: '',
    max_connections: CONNECTIONS,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A failed statement's text and values are content: they must not reach a log file.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: 0,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, ...flags];
}

function launch(
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
  options: ClusterOptions,
  port: number,
): ChildProcess {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a', 0o600);
  const order = {
    command: binaries.postgres,
    args: settings(options, port),
    graceMs: GRACE_MS,
    ...asUser(user),
  };
  const keeper = spawn(process.execPath, [KEEPER, JSON.stringify(order)], {
    stdio: ['pipe', log, log],
    cwd: tmpdir(),
  });
  closeSync(log);
  return keeper;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Starting, or replaying its journal after a crash: asked again until the time is over.
    return false;
  }
}

async function waitUntilReady(keeper: ChildProcess, url: string, logFile: string): Promise<void> {
  for (let waited = 0; waited < START_MS; waited += STEP_MS) {
    if (keeper.exitCode !== null) break;
    if (await answers(url)) return;
    await pause(STEP_MS);
  }
  const tail = readFileSync(logFile, 'utf8').split('\n').slice(-8).join('\n');
  throw new Error(`PostgreSQL did not start. Its log (${logFile}) ends with:\n${tail}`);
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const ended = once(keeper, 'exit');
  keeper.stdin?.end();
  await ended;
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const user = postgresUser(options.dataDir);
  const binaries = findBinaries(user);
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await create(binaries, user, options);
  await stopOrphan(options.dataDir);
  const port = await freePort(options.port ?? 0);
  const keeper = launch(binaries, user, options, port);
  keeper.stdin?.on('error', () => undefined);
  const url = (database: string) =>
    `postgres://${USER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(keeper, url('postgres'), options.logFile);
  return { port, url, process: keeper, stop: () => stop(keeper) };
}

/** Creates the database when the cluster does not have it yet. */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
