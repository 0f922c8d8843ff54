/**
 * API and worker in one process, on the embedded database when no other is given: what `nest start`
 * runs, for working on the server itself. `npm start` runs them apart, under a supervisor.
 */
import { resolve } from 'node:path';
import { databaseUrl, loadConfig } from './platform/config/load.config.js';
import { migrate } from './platform/database/migrations.js';
import { homeVariables, openHome, startHomeDatabase } from './platform/embedded/home.js';
import { takeLock } from './platform/embedded/lock.mjs';
import { Log } from './platform/logger/log.js';
import { type Running, runProgram } from './platform/program.js';
import { startServer } from './server.js';

/** Where `npm start` would put the programs around the server. */
const PORTS = { webPort: 3000, smtpPort: 2525 };
const ISSUER = 'http://localhost:3001/auth/realms/esante-wallet';

let log = Log.create('info').with({ process: 'all-in-one' });

async function openDatabase(dir: string) {
  const given = databaseUrl();
  const home = openHome(dir);
  if (given !== undefined) return { home, url: given, close: () => Promise.resolve() };
  const giveBack = takeLock(dir);
  const { cluster, url } = await startHomeDatabase(home);
  const close = async (): Promise<void> => {
    await cluster.stop();
    giveBack();
  };
  return { home, url, close };
}

async function start(): Promise<Running> {
  const { home, url, close } = await openDatabase(resolve('.liaison'));
  const config = loadConfig(homeVariables(home, { databaseUrl: url, issuer: ISSUER, ...PORTS }));
  log = Log.create(config.logLevel).with({ process: 'all-in-one' });
  await migrate(url, log);
  const server = await startServer({ config, log, roles: ['api', 'worker'] });
  return {
    ...(server.url === undefined ? {} : { url: server.url }),
    close: async () => {
      await server.close();
      await close();
    },
  };
}

await runProgram(() => log, start);
