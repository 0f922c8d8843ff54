/** Passkeys over a real server, with a software authenticator: unlocking and what is refused. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { LIMITS } from '@liaison/contract/limits';
import type { PasskeySummary } from '@liaison/contract/passkey';
import type { Session } from '@liaison/contract/session';
import {
  type Bent,
  type CeremonyOptions,
  SoftwarePasskey,
} from '../../tools/cast/software-passkey.js';
import { eventually } from '../support/eventually.js';
import {
  type Browser,
  GP,
  IdentityStage,
  NURSE,
  NURSE_WITHOUT_ACTIVITIES,
  ORIGIN,
} from './identity.stage.js';

let stage: IdentityStage;

beforeAll(async () => {
  stage = await IdentityStage.open();
});

afterAll(() => stage.close());

afterEach(() => {
  stage.clock.advance(Date.now() - stage.clock.now());
});

const optionsOf = async (browser: Browser, path: string): Promise<CeremonyOptions> =>
  (await browser.post<{ options: CeremonyOptions }>(path)).body.options;

async function register(browser: Browser, bent: Bent = {}) {
  const passkey = new SoftwarePasskey(ORIGIN);
  const options = await optionsOf(browser, '/api/passkeys/options');
  const answer = passkey.create(options, bent);
  const reply = await browser.post<{ passkeys: PasskeySummary[] }>('/api/passkeys', { answer });
  return { passkey, reply };
}

async function unlock(browser: Browser, passkey: SoftwarePasskey, bent: Bent = {}) {
  const options = await optionsOf(browser, '/api/session/unlock/options');
  const answer = passkey.get(options, bent);
  return browser.post<{ session: Session }>('/api/session/unlock', { answer });
}

describe('a passkey', () => {
  test('unlocks the session that idleness locked, under a new cookie', async () => {
    const browser = await stage.signedIn(NURSE);
    const { passkey, reply } = await register(browser);
    expect(reply.body.passkeys).toHaveLength(1);
    expect((await browser.session())?.hasPasskey).toBe(true);
    stage.clock.advance(LIMITS.sessionIdleMs.value);
    expect((await browser.get('/api/passkeys')).body.code).toBe('session_locked');
    const before = browser.copy();
    const answer = await unlock(browser, passkey);
    expect(answer.body.session).toMatchObject({ locked: false, means: 'provider' });
    expect((await browser.get('/api/passkeys')).status).toBe(200);
    expect(await before.session()).toBeNull();
  });

  test.each<[string, Bent]>([
    ['another site', { origin: 'http://localhost:4000' }],
    ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['a phone that asked nobody', { userVerified: false }],
    ['a cloned authenticator', { counter: 1 }],
  ])('of %s does not unlock', async (_name, bent) => {
    const browser = await stage.signedIn(NURSE);
    const { passkey } = await register(browser);
    await unlock(browser, passkey);
    await browser.post('/api/session/lock');
    const answer = await unlock(browser, passkey, bent);
    expect([answer.status, answer.body.code]).toEqual([401, 'passkey_refused']);
    expect((await browser.session())?.locked).toBe(true);
  });

  test('of somebody else does not unlock, and an answer serves once', async () => {
    const nurse = await stage.signedIn(NURSE);
    const gp = await stage.signedIn(GP);
    const own = (await register(nurse)).passkey;
    const other = (await register(gp)).passkey;
    await nurse.post('/api/session/lock');
    expect((await unlock(nurse, other)).body.code).toBe('passkey_refused');
    const options = await optionsOf(nurse, '/api/session/unlock/options');
    const answer = own.get(options);
    expect((await nurse.post('/api/session/unlock', { answer })).status).toBe(200);
    await nurse.post('/api/session/lock');
    expect((await nurse.post('/api/session/unlock', { answer })).body.code).toBe('passkey_refused');
  });

  test('is refused at registration when it was made for another site', async () => {
    const browser = await stage.signedIn(GP);
    const { reply } = await register(browser, { origin: 'http://evil.example' });
    expect(reply.body.code).toBe('passkey_refused');
  });

  test('whose secrets would leave the device is refused unread', async () => {
    const browser = await stage.signedIn(GP);
    const options = await optionsOf(browser, '/api/passkeys/options');
    const answer = {
      ...new SoftwarePasskey(ORIGIN).create(options),
      clientExtensionResults: { prf: { enabled: true, results: { first: 'AAAA' } } },
    };
    const reply = await browser.post('/api/passkeys', { answer });
    expect([reply.status, reply.body.code]).toEqual([400, 'request_invalid']);
  });

  test('does not sign a professional in: the provider is asked again', async () => {
    const browser = await stage.signedIn(GP);
    const { passkey } = await register(browser);
    const elsewhere = stage.browser();
    const options = await optionsOf(elsewhere, '/api/auth/passkey/options');
    const answer = passkey.get(options);
    const reply = await elsewhere.post('/api/auth/passkey', { answer });
    expect([reply.status, reply.body.code]).toEqual([401, 'passkey_refused']);
  });

  test('can be forgotten', async () => {
    const browser = await stage.signedIn(GP);
    const { reply } = await register(browser);
    const made = reply.body.passkeys.at(-1);
    const after = await browser.ask<{ passkeys: PasskeySummary[] }>(
      'DELETE',
      `/api/passkeys/${String(made?.passkey)}`,
    );
    expect(after.body.passkeys).toHaveLength(reply.body.passkeys.length - 1);
  });

  test('of two forgotten at once, the last way in of an invited person stays', async () => {
    const browser = await stage.signedIn(NURSE_WITHOUT_ACTIVITIES);
    await register(browser);
    const { reply } = await register(browser);
    const { database } = stage.fixture;
    const ours = [NURSE_WITHOUT_ACTIVITIES];
    await database.query('UPDATE accounts SET national_id = NULL WHERE national_id = $1', ours);
    const paths = reply.body.passkeys.map(({ passkey }) => `/api/passkeys/${passkey}`);
    const asked: Promise<{ status: number }>[] = [];
    await database.transaction(async (on) => {
      await on.query('LOCK TABLE passkeys IN EXCLUSIVE MODE');
      for (const path of paths) asked.push(browser.ask('DELETE', path));
      await eventually(async () => {
        const [row] = await database.query<{ count: number }>(
          `SELECT count(*) AS count FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND datname = current_database()`,
        );
        expect(row?.count).toBe(paths.length);
      });
    });
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 403]);
  });
});
