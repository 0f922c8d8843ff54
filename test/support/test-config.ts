/** Settings of a server under test: everything local, nothing from the environment. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/platform/config/config.js';
import type { TestDatabase } from './test-database.js';

export function testConfig(database: TestDatabase, changes: Partial<Config> = {}): Config {
  const dataDir = mkdtempSync(join(tmpdir(), 'liaison-data-'));
  return {
    mode: 'embedded',
    host: '127.0.0.1',
    port: 0,
    publicOrigin: 'http://localhost:3000',
    databaseUrl: database.url,
    databaseConnections: 8,
    redisUrl: database.redisUrl,
    oidc: { issuer: 'http://localhost:3001', clientId: 'liaison', clientSecret: 'secret' },
    smtpUrl: 'smtp://localhost:2525',
    mailFrom: 'Liaison <liaison@localhost>',
    pushServices: [],
    dataDir,
    logKeyFile: join(dataDir, 'log.pem'),
    logLevel: 'silent',
    trustedProxies: 0,
    checkReplies: true,
    ...changes,
  };
}
