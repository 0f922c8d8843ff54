/**
 * One PostgreSQL for a jest run, with a migrated template that test files copy. When
 * TEST_DATABASE_URL is given, that server is used instead and nothing is started.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../../dist/src/platform/embedded/postgres.cluster.js';
import { migrate } from '../../dist/src/platform/database/migrations.js';
import { Log } from '../../dist/src/platform/logger/log.js';
import { loadSigner } from '../../dist/tools/psc-emulator/signing.key.js';
import { rememberCluster, testServers } from './test-environment.mjs';

/** The database that each test file copies. */
const template = () => `liaison_template_${randomBytes(6).toString('hex')}`;

/** @param {string} url @param {string} sql */
async function once(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function startOwn() {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-test-'));
  // PostgreSQL runs as another account when the tests run as root.
  await chmod(folder, 0o711);
  const cluster = await startCluster({
    dataDir: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
    password: randomBytes(12).toString('hex'),
    durable: false,
  });
  return {
    url: cluster.url('postgres'),
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} adminUrl @param {string} name */
async function createTemplate(adminUrl, name) {
  await once(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await migrate(url.href, Log.create('error'));
}

export async function startTestCluster() {
  const given = testServers().databaseUrl;
  const server = given === undefined ? await startOwn() : { url: given, stop: async () => {} };
  const name = template();
  const providerKeys = mkdtempSync(join(tmpdir(), 'liaison-keys-'));
  const stop = async () => {
    rmSync(providerKeys, { recursive: true, force: true });
    if (given !== undefined) await once(given, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.stop();
  };
  try {
    await createTemplate(server.url, name);
    // An RSA key takes a sixth of a second to find, and every story has a provider of its own.
    await loadSigner(providerKeys);
    rememberCluster({ adminUrl: server.url, template: name, providerKeys });
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
