/**
 * Data of an earlier version, opened by this one: stores without a server, the database through the
 * migrations that came since, and people who come back to a server on it. Every fixture must open;
 * until the protocol's freeze one whose bytes were given up is taken away, as the changelog says.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { CookieJar, nodeHttp } from '@liaison/sdk/http-node';
import type { Http } from '@liaison/sdk/http';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { FileStore } from '@liaison/sdk/store/file.store';
import { AuditRows } from '../../src/audit/audit.rows.js';
import { AuditVerifier } from '../../src/audit/audit.verifier.js';
import { HandoffRebuild } from '../../src/handoffs/handoff.rebuild.js';
import { newToken, tokenHash } from '../../src/identity/token.js';
import { migrate } from '../../src/platform/database/migrations.js';
import type { Config } from '../../src/platform/config/config.js';
import { Log } from '../../src/platform/logger/log.js';
import { startServer } from '../../src/server.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { allSent } from '../../tools/cast/settling.js';
import { loadRows, readingOf, readRelease, releases } from '../fixtures/release.mjs';
import { testConfig } from '../support/test-config.js';
import { createEmptyDatabase, type TestDatabase } from '../support/test-database.js';

const kept = releases().map((version) => ({ version, ...readRelease(version) }));

/** As without a network. */
const nowhere: Http = () => Promise.reject(new TypeError('fetch failed'));

const SESSION = `
  INSERT INTO sessions (session_id, account_id, token_hash, former_until, means, created_at,
    seen_at, ends_at, challenge_until)
  VALUES (gen_random_uuid(), $1, $2, 0, 'provider', $3, $3, $4, 0)`;

describe.each(kept)('version $version', ({ about, rows, store }) => {
  const names = Object.keys(about.people);
  const clients: Liaison[] = [];
  let folder: string;
  let database: TestDatabase;
  let config: Config;

  async function client(name: string, at: string, http: Http): Promise<Liaison> {
    const file = join(folder, `${at}-${name}.log`);
    writeFileSync(file, store(name));
    const options = { origin: about.origin, http, store: await FileStore.open(file) };
    const liaison = await openLiaison({ ...options, socket: false, storeFirst: http === nowhere });
    clients.push(liaison);
    return liaison;
  }

  /** With a session of their account: signing in is another story's matter. */
  async function comeBack(name: string, url: string) {
    const { account, reading } = about.people[name] ?? {};
    const [token, now] = [newToken(), Date.now()];
    const ends = now + LIMITS.sessionMaxMs.value;
    await database.database.query(SESSION, [account, tokenHash(token), now, ends]);
    const cookie = `liaison-session-${new URL(about.origin).port}`;
    const liaison = await client(name, 'back', nodeHttp(url, new CookieJar({ [cookie]: token })));
    expect((await liaison.finishSignIn()).state).toBe('ready');
    await liaison.sync();
    return { liaison, reading };
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'liaison-releases-'));
    database = await createEmptyDatabase();
    await migrate(database.url, Log.create('silent'), about.lastMigration);
    await loadRows(database.url, rows());
    const oidc = { issuer: about.issuer, clientId: about.clientId, clientSecret: 'secret' };
    config = testConfig(database, { publicOrigin: about.origin, oidc });
    writeFileSync(config.logKeyFile, about.logKey);
  }, 60_000);

  afterAll(async () => {
    for (const liaison of clients) await liaison.dispose();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(names)('the store of the %s reads without a server as it did', async (name) => {
    const liaison = await client(name, 'away', nowhere);

    expect(await readingOf(liaison)).toEqual(about.people[name]?.reading);
  });

  test('the database takes every migration since, and holds', async () => {
    const log = Log.create('silent');
    await migrate(database.url, log);
    expect(await migrate(database.url, log)).toEqual([]);
    const audit = new AuditVerifier(new AuditRows(database.database), new LogKey(config), config);
    expect(await audit.verify()).toMatchObject({ ok: true });
    const { differences, items } = await new HandoffRebuild(database.database).run();
    expect(differences).toEqual([]);
    expect(items).toBeGreaterThan(0);
  });

  test('its people come back, verify everything again, and write', async () => {
    const running = await startServer({ config, log: Log.create('silent'), roles: ['api'] });
    try {
      const back = await Promise.all(names.map((name) => comeBack(name, running.url ?? '')));
      for (const { liaison, reading } of back) {
        expect(await readingOf(liaison)).toEqual(reading);
        expect(await liaison.connection()).toMatchObject({ alarm: null });
      }
      for (const { liaison, reading } of back) {
        const circle = CircleId.parse(reading?.channels.find(({ said }) => said.length > 0)?.id);
        await liaison.post(circle, 'Toujours là.', []);
        await allSent(liaison);
        const last = (await liaison.messages(circle)).at(-1);
        expect(last).toMatchObject({ delivery: 'sent', text: { value: 'Toujours là.' } });
      }
    } finally {
      await running.close();
    }
  }, 60_000);
});
