/**
 * The data directory of a machine that runs everything itself: its secrets, made on first use and
 * readable by their owner alone, its log key, and its PostgreSQL.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { postgresPlace } from './data.place.js';
import { type Cluster, ensureDatabase, startCluster } from './postgres.cluster.js';

const Secrets = z.strictObject({ databasePassword: z.string(), oidcClientSecret: z.string() });
type Secrets = z.output<typeof Secrets>;

export interface Home {
  readonly dir: string;
  readonly secrets: Secrets;
  readonly logKeyFile: string;
}

/** Where the other programs of this machine are found. */
export interface Surroundings {
  readonly databaseUrl: string;
  readonly webPort: number;
  readonly smtpPort: number;
  /** The emulator's issuer, as it states it. */
  readonly issuer: string;
}

const DATABASE = 'liaison';
const OIDC_CLIENT = 'liaison';
const secret = (): string => randomBytes(24).toString('base64url');

/** Written whole or not at all: a run killed meanwhile must not leave half a secret. */
function writeOnce(file: string, make: () => string): void {
  if (existsSync(file)) return;
  writeFileSync(`${file}.new`, make(), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const newLogKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const newSecrets = (): string =>
  JSON.stringify({ databasePassword: secret(), oidcClientSecret: secret() });

export function openHome(dir: string): Home {
  // Entered by the account that runs PostgreSQL, listed by its owner alone.
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  mkdirSync(join(dir, 'keys'), { recursive: true, mode: 0o700 });
  const secretsFile = join(dir, 'secrets.json');
  const logKeyFile = join(dir, 'keys', 'log.pem');
  writeOnce(secretsFile, newSecrets);
  writeOnce(logKeyFile, newLogKey);
  const secrets = Secrets.parse(JSON.parse(readFileSync(secretsFile, 'utf8')));
  return { dir, secrets, logKeyFile };
}

/** The port of the last run, so that its address does not change without need. */
function lastPort(file: string): number {
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || 0 : 0;
}

export async function startHomeDatabase(home: Home): Promise<{ cluster: Cluster; url: string }> {
  const portFile = join(home.dir, 'postgres-port');
  const cluster = await startCluster({
    dataDir: postgresPlace(home.dir),
    password: home.secrets.databasePassword,
    logFile: join(home.dir, 'logs', 'postgres.log'),
    durable: true,
    port: lastPort(portFile),
  });
  writeFileSync(portFile, `${cluster.port}\n`, { mode: 0o600 });
  await ensureDatabase(cluster, DATABASE);
  return { cluster, url: cluster.url(DATABASE) };
}

/** What the programs of this machine are told; a variable that the operator gave goes before. */
export function homeVariables(home: Home, around: Surroundings) {
  return {
    LIAISON_MODE: 'embedded',
    LIAISON_DATA_DIR: home.dir,
    LOG_KEY_FILE: home.logKeyFile,
    DATABASE_URL: around.databaseUrl,
    PORT: String(around.webPort),
    PUBLIC_ORIGIN: `http://localhost:${around.webPort}`,
    OIDC_ISSUER: around.issuer,
    OIDC_CLIENT_ID: OIDC_CLIENT,
    OIDC_CLIENT_SECRET: home.secrets.oidcClientSecret,
    SMTP_URL: `smtp://localhost:${around.smtpPort}`,
  };
}
