/**
 * A real Liaison for a benchmark: its own PostgreSQL (fsync on) in a temporary folder, migrated,
 * and the API process as it is deployed. No worker runs beside it: what workers do is not measured
 * here.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Origin } from '@liaison/contract/ids';
import { migrate } from '../src/platform/database/migrations.js';
import { homeVariables, openHome, startHomeDatabase } from '../src/platform/embedded/home.js';
import { Log } from '../src/platform/logger/log.js';
import { type ChildProgram, startProgram } from './child.program.js';

/** What enrolling people needs to know of a server. */
export interface Reachable {
  /** Where it listens. */
  readonly address: { readonly host: string; readonly port: number };
  readonly origin: Origin;
  readonly databaseUrl: string;
  readonly cookieName: string;
}

export interface LocalServer extends Reachable {
  readonly dir: string;
  readonly api: ChildProgram;
  /** One more process beside the API, on the same database; it ends with the server. */
  beside(program: 'api' | 'worker'): Promise<Reachable>;
  stop(): Promise<void>;
}

/**
 * `production`: as deployed, behind https. `embedded`: reached at its own address, as by npm start.
 */
export type Form = 'production' | 'embedded';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

/**
 * Nobody asks the first three for anything: they only have to be what production insists on. The
 * last is of docker/Dockerfile.
 */
const DEPLOYED = {
  LIAISON_MODE: 'production',
  PUBLIC_ORIGIN: 'https://liaison.example',
  OIDC_ISSUER: 'https://provider.example',
  UV_THREADPOOL_SIZE: '2',
} as const;

/** Those of docker/Dockerfile. */
const DEPLOYED_FLAGS = ['--max-semi-space-size=64'];

export async function startLocalServer(form: Form, issuer?: string): Promise<LocalServer> {
  const dir = mkdtempSync(join(tmpdir(), 'liaison-bench-'));
  // Entered by the account that PostgreSQL runs as when this runs as root.
  chmodSync(dir, 0o711);
  const home = openHome(dir);
  mkdirSync(join(dir, 'logs'), { recursive: true });
  const database = await startHomeDatabase(home);
  const close = async (): Promise<void> => {
    await database.cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const { url } = database;
    await migrate(url, Log.create('error'));
    const port = await freePort();
    const around = {
      databaseUrl: url,
      webPort: port,
      smtpPort: 1,
      issuer: issuer ?? 'http://localhost:1',
    };
    const variables = homeVariables(home, around);
    const env = form === 'production' ? { ...variables, ...DEPLOYED } : variables;
    const flags = [...(form === 'production' ? DEPLOYED_FLAGS : []), ...profiling()];
    const api = await startProgram('src/main.js', env, join(dir, 'logs', 'api.log'), flags);
    const others: ChildProgram[] = [];
    const stop = async (): Promise<void> => {
      for (const one of [...others, api]) await one.stop();
      await close();
    };
    const origin = env.PUBLIC_ORIGIN as Origin;
    const cookieName =
      form === 'production' ? '__Host-liaison-session' : `liaison-session-${String(port)}`;
    const reached = { origin, databaseUrl: url, cookieName };
    const beside = async (program: 'api' | 'worker'): Promise<Reachable> => {
      const own = { host: '127.0.0.1', port: await freePort() };
      const file = program === 'api' ? 'src/main.js' : 'src/worker.js';
      const log = join(dir, 'logs', `${program}-${String(own.port)}.log`);
      others.push(await startProgram(file, { ...env, PORT: String(own.port) }, log, flags));
      return { ...reached, address: own };
    };
    const address = { host: '127.0.0.1', port };
    return { ...reached, address, dir, api, beside, stop };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `PROFILE=folder npm run bench` leaves a processor profile of the API there. */
function profiling(): string[] {
  const folder = process.env['PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
