/** Sessions over a real server: how they open, lock, change, end, and whom they let through. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { LIMITS } from '@liaison/contract/limits';
import type { Route } from '@liaison/contract/route';
import { ALL_ROUTES } from '@liaison/contract/routes';
import { BACKGROUND_MARK, type Session } from '@liaison/contract/session';
import { Committed } from '../../src/events/committed.js';
import type { Outbox } from '../../src/events/outbox.js';
import { Sessions } from '../../src/identity/sessions.js';
import {
  type Browser,
  GP,
  IdentityStage,
  MIDWIFE_AND_NURSE,
  newNonce,
  NURSE,
  NURSE_WITHOUT_ACTIVITIES,
} from './identity.stage.js';

let stage: IdentityStage;

beforeAll(async () => {
  stage = await IdentityStage.open();
});

afterAll(() => stage.close());

// The provider's own clock does not move: its tokens must be of today for the next sign-in.
afterEach(() => {
  stage.clock.advance(Date.now() - stage.clock.now());
});

const sessionCookies = (browser: Browser): string[] =>
  [...browser.cookies].filter(([name]) => name.includes('session')).map(([, value]) => value);

describe('a sign-in by the provider', () => {
  test('leads back where the person was, and the session says who they are', async () => {
    const browser = stage.browser();
    const nonce = newNonce();
    expect(await stage.signIn(browser, NURSE, nonce)).toBe('/accueil');
    const session = await browser.session();
    expect(session).toMatchObject({
      means: 'provider',
      person: null,
      locked: false,
      fictional: true,
      hasPasskey: false,
      voucher: null,
      claims: { nationalId: NURSE, familyName: 'LEFEVRE', certified: true },
    });
    expect(session?.signIn?.nonce).toBe(nonce);
    expect(session?.roles).toHaveLength(1);
    expect(session?.role).toBe(session?.roles[0]?.id);
    expect(session?.roles[0]).toMatchObject({ profession: '60', finess: '029970014' });
  });

  test('keeps the provider’s token a few minutes, then wipes it', async () => {
    const browser = await stage.signedIn(NURSE);
    expect((await browser.session())?.signIn).not.toBeNull();
    stage.clock.advance(LIMITS.loginAttemptMs.value);
    expect((await browser.session())?.signIn).toBeNull();
  });

  test('comes back to the same account, with a new session', async () => {
    const first = await (await stage.signedIn(GP)).session();
    const second = await (await stage.signedIn(GP)).session();
    expect(second?.account).toBe(first?.account);
    expect(second?.session).not.toBe(first?.session);
  });

  test('sets cookies that scripts cannot read and other sites cannot use', async () => {
    const browser = stage.browser();
    const answer = await browser.get(await stage.toCallback(browser, NURSE));
    const cookies = answer.headers.getSetCookie();
    const session = cookies.find((line) => line.startsWith('liaison-session-3000='));
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    expect(session).not.toMatch(/Domain=/);
  });

  test.each([
    ['oidc_nonce_mismatch', { claims: { nonce: 'f'.repeat(64) } }],
    ['oidc_issuer_mismatch', { claims: { iss: 'https://other.example' } }],
    ['oidc_audience_mismatch', { claims: { aud: 'somebody-else' } }],
    ['oidc_acr_too_low', { claims: { acr: 'eidas0' } }],
    ['oidc_expired', { claims: { exp: 1_700_000_000, iat: 1_699_999_900 } }],
    ['oidc_signature_invalid', { key: 'impostor' as const }],
  ])('is refused as %s, in the address of the app', async (code, forgery) => {
    const browser = stage.browser();
    const callback = await stage.toCallback(browser, NURSE);
    stage.emulator.forgeNext(forgery);
    const answer = await browser.get(callback);
    expect(answer.headers.get('location')).toBe(`/?signin=${code}`);
    expect(sessionCookies(browser)).toEqual([]);
  });

  test('serves one browser, once', async () => {
    const browser = stage.browser();
    const callback = await stage.toCallback(browser, NURSE);
    const stranger = await stage.browser().get(callback);
    expect(stranger.headers.get('location')).toBe('/?signin=oidc_state_unknown');
    const cookies = browser.copy();
    expect((await browser.get(callback)).headers.get('location')).toBe('/accueil');
    const again = await cookies.get(callback);
    expect(again.headers.get('location')).toBe('/?signin=oidc_state_unknown');
  });

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a b'])(
    'leads nowhere else: %s',
    async (returnTo) => {
      const answer = await stage.browser().post('/api/auth/login', { nonce: newNonce(), returnTo });
      expect([answer.status, answer.body.code]).toEqual([400, 'request_invalid']);
    },
  );
});

describe('the role in which a person acts', () => {
  test('is chosen among their own, and the cookie changes with it', async () => {
    const browser = await stage.signedIn(MIDWIFE_AND_NURSE);
    const before = await browser.session();
    expect(before?.role).toBeNull();
    expect(before?.roles.map(({ profession }) => profession)).toEqual(['50', '60']);
    const old = browser.copy();
    const role = before?.roles[1]?.id;
    const answer = await browser.post<{ session: Session }>('/api/session/role', { role });
    expect(answer.body.session.role).toBe(role);
    expect(sessionCookies(browser)).not.toEqual(sessionCookies(old));
    expect((await old.session())?.role).toBe(role);
    stage.clock.advance(LIMITS.sessionFormerMs.value + 1);
    expect(await old.session()).toBeNull();
    expect((await browser.session())?.role).toBe(role);
  });

  test('cannot be somebody else’s', async () => {
    const gp = await (await stage.signedIn(GP)).session();
    const browser = await stage.signedIn(MIDWIFE_AND_NURSE);
    const answer = await browser.post('/api/session/role', { role: gp?.roles[0]?.id });
    expect([answer.status, answer.body.code]).toEqual([422, 'role_unknown']);
  });

  test('exists without any activity at the provider', async () => {
    const session = await (await stage.signedIn(NURSE_WITHOUT_ACTIVITIES)).session();
    expect(session?.roles).toMatchObject([{ profession: '60', structure: '', finess: null }]);
  });
});

describe('a session', () => {
  test('keeps a socket open no longer than itself', async () => {
    const { database } = stage.fixture;
    const sessions = new Sessions(database, stage.clock, {} as Outbox, new Committed());
    const idle = await (await stage.signedIn(NURSE)).session();
    const locked = await stage.signedIn(NURSE);
    const lockedId = (await locked.session())!.session;
    await locked.post('/api/session/lock');
    const { session } = (await (await stage.signedIn(NURSE)).session())!;
    const asked = [idle!.session, lockedId];
    expect([...(await sessions.stillOpen(asked))]).toEqual([idle!.session]);
    stage.clock.advance(LIMITS.sessionIdleMs.value);
    expect([...(await sessions.stillOpen(asked))]).toEqual([]);
    await database.query('UPDATE sessions SET seen_at = $2, ends_at = $3 WHERE session_id = $1', [
      session,
      stage.clock.now() + LIMITS.sessionMaxMs.value,
      stage.clock.now() + LIMITS.sessionMaxMs.value,
    ]);
    expect([...(await sessions.stillOpen([session]))]).toEqual([session]);
    stage.clock.advance(LIMITS.sessionMaxMs.value);
    expect([...(await sessions.stillOpen([session]))]).toEqual([]);
  });

  test('locks after two idle hours; what the program asks by itself does not count', async () => {
    const browser = await stage.signedIn(NURSE);
    stage.clock.advance(LIMITS.sessionIdleMs.value - 60_000);
    const polling = { [BACKGROUND_MARK.name]: BACKGROUND_MARK.value };
    expect((await browser.ask('GET', '/api/sessions', undefined, polling)).status).toBe(200);
    stage.clock.advance(60_000);
    const locked = await browser.get('/api/sessions');
    expect([locked.status, locked.body.code]).toEqual([423, 'session_locked']);
    expect((await browser.session())?.locked).toBe(true);
    expect((await browser.post('/api/session/end')).status).toBe(200);
    expect(await browser.session()).toBeNull();
  });

  test('stays open while its person works, and ends after a shift', async () => {
    const browser = await stage.signedIn(NURSE);
    const step = LIMITS.sessionIdleMs.value / 2;
    for (let at = step; at < LIMITS.sessionMaxMs.value; at += step) {
      stage.clock.advance(step);
      expect((await browser.get('/api/sessions')).status).toBe(200);
    }
    stage.clock.advance(step);
    const ended = await browser.get('/api/sessions');
    expect([ended.status, ended.body.code]).toEqual([401, 'session_expired']);
  });

  test('can be locked by hand, and then lets through nothing but its end', async () => {
    const browser = await stage.signedIn(NURSE);
    const answer = await browser.post<{ session: Session }>('/api/session/lock');
    expect(answer.body.session).toMatchObject({ locked: true, signIn: null });
    expect((await browser.get('/api/passkeys')).body.code).toBe('session_locked');
    expect((await browser.post('/api/session/unlock/options')).status).toBe(200);
  });

  test('is listed and revoked from another one, at once', async () => {
    const phone = await stage.signedIn(GP);
    const desk = await stage.signedIn(GP);
    const here = (await desk.session())?.session;
    const there = (await phone.session())?.session;
    const list = await desk.get<{ sessions: { session: string; here: boolean }[] }>(
      '/api/sessions',
    );
    expect(list.body.sessions.find(({ session }) => session === here)?.here).toBe(true);
    expect((await desk.ask('DELETE', `/api/sessions/${String(there)}`)).status).toBe(200);
    expect((await phone.get('/api/sessions')).body.code).toBe('session_expired');
    expect((await desk.get('/api/sessions')).status).toBe(200);
  });

  test('cannot be revoked by somebody else', async () => {
    const gp = await stage.signedIn(GP);
    const nurse = await stage.signedIn(NURSE);
    const id = String((await gp.session())?.session);
    const answer = await nurse.ask('DELETE', `/api/sessions/${id}`);
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect((await gp.get('/api/sessions')).status).toBe(200);
  });

  test('ends here and says where it ends at the provider', async () => {
    const browser = await stage.signedIn(NURSE);
    const { body } = await browser.post<{ providerLogoutUrl: string }>('/api/session/end');
    expect(body.providerLogoutUrl).toContain('/protocol/openid-connect/logout');
    expect(body.providerLogoutUrl).toContain('id_token_hint=');
    expect(sessionCookies(browser)).toEqual([]);
  });

  test('leaves no token readable in the database', async () => {
    const browser = await stage.signedIn(NURSE);
    const rows = await stage.fixture.database.query<{ text: string }>(
      'SELECT s::text AS text FROM sessions s UNION ALL SELECT t::text FROM sign_in_attempts t',
    );
    const [token = ''] = sessionCookies(browser);
    const forms = [token, Buffer.from(token, 'base64url').toString('hex')];
    expect(rows.filter(({ text }) => forms.some((form) => text.includes(form)))).toEqual([]);
  });
});

describe('default deny', () => {
  const routes = Object.values(ALL_ROUTES) as unknown as readonly Route[];
  const closed = routes.filter(({ access }) => access !== 'anybody');
  const pathOf = ({ path }: Route): string => path.replace(/:\w+/g, 'A'.repeat(43));

  test.each(closed.map((route) => [route.name, route] as const))(
    '%s asks for a session before it reads anything',
    async (_name, route) => {
      const { status, body } = await stage.browser().ask(route.method, pathOf(route));
      expect([status, body.code]).toEqual([401, 'not_signed_in']);
    },
  );

  test.each(closed.filter(({ access }) => access === 'person').map((r) => [r.name, r] as const))(
    '%s asks for an identity',
    async (_name, route) => {
      const browser = await stage.signedIn(NURSE);
      const { status, body } = await browser.ask(route.method, pathOf(route));
      expect([status, body.code]).toEqual([403, 'identity_needed']);
    },
  );

  test.each(routes.filter(({ method }) => method !== 'GET').map((r) => [r.name, r] as const))(
    '%s is refused without the header that other sites cannot send',
    async (_name, route) => {
      const { status, body } = await stage
        .browser()
        .ask(route.method, pathOf(route), undefined, {});
      expect([status, body.code]).toEqual([400, 'request_invalid']);
    },
  );
});

describe('too many requests', () => {
  test('are refused by address, outside the machine’s own', async () => {
    const busy = await IdentityStage.open({ trustedProxies: 1 });
    try {
      const headers = { 'x-liaison': '1', 'x-forwarded-for': '203.0.113.7' };
      const ask = () => busy.browser().ask('POST', '/api/auth/passkey/options', undefined, headers);
      for (let i = 0; i < LIMITS.signInsPerMinute.value; i += 1) await ask();
      expect((await ask()).body.code).toBe('too_many_requests');
      const other = { ...headers, 'x-forwarded-for': '203.0.113.8' };
      const elsewhere = busy.browser().ask('POST', '/api/auth/passkey/options', undefined, other);
      expect((await elsewhere).status).toBe(200);
      busy.clock.advance(60_000);
      expect((await ask()).status).toBe(200);
    } finally {
      await busy.close();
    }
  });
});
