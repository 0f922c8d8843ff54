/**
 * Reads the environment once, at start, and refuses to go on with a mistake in it. This is the only
 * place of the server that reads `process.env`.
 */
import type { Config } from './config.js';
import { ENVIRONMENT, type Environment } from './environment.js';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the settings, one sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return LOCAL_HOSTS.has(hostname) || hostname.endsWith('.localhost');
}

/** What is fine on a developer's machine and unsafe for patients. */
function productionMistakes(env: Environment): string[] {
  const mistakes: string[] = [];
  if (!env.OIDC_ISSUER.startsWith('https:') || isLocal(env.OIDC_ISSUER)) {
    mistakes.push(
      'OIDC_ISSUER must be a real https provider: the emulator’s people are fictional.',
    );
  }
  if (!env.PUBLIC_ORIGIN.startsWith('https:')) {
    mistakes.push('PUBLIC_ORIGIN must be https: browsers keep keys on secure origins only.');
  }
  return mistakes;
}

function toConfig(env: Environment): Config {
  return {
    mode: env.LIAISON_MODE,
    host: env.HOST,
    port: env.PORT,
    publicOrigin: env.PUBLIC_ORIGIN,
    databaseUrl: env.DATABASE_URL,
    databaseConnections: env.DATABASE_CONNECTIONS,
    redisUrl: env.REDIS_URL,
    oidc: {
      issuer: env.OIDC_ISSUER,
      clientId: env.OIDC_CLIENT_ID,
      clientSecret: env.OIDC_CLIENT_SECRET,
    },
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    pushServices: env.PUSH_SERVICES.split(',').map((host) => host.trim()),
    dataDir: env.LIAISON_DATA_DIR,
    logKeyFile: env.LOG_KEY_FILE,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES,
    checkReplies: env.LIAISON_MODE !== 'production',
  };
}

/** Settings of this deployment; `defaults` stand where the environment says nothing. */
export function loadConfig(defaults: Variables = {}, variables: Variables = process.env): Config {
  const parsed = ENVIRONMENT.safeParse({ ...defaults, ...withoutEmpty(variables) });
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ message }) => message));
  const mistakes = parsed.data.LIAISON_MODE === 'production' ? productionMistakes(parsed.data) : [];
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return toConfig(parsed.data);
}

/** Only what is needed to change the schema: the one setting of `npm run migrate`. */
export function databaseUrl(variables: Variables = process.env): string | undefined {
  return withoutEmpty(variables)['DATABASE_URL'];
}

/** An empty variable is one that was not given: shells and compose files write it so. */
function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
