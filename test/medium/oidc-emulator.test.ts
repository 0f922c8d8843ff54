/** The Pro Santé Connect emulator: its dialect, its key’s life, and the end of its process. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PscEmulator, startPscEmulator } from '../../tools/psc-emulator/emulator.server.js';
import { loginAt } from '../../tools/psc-emulator/headless-login.js';
import { NURSE, nonce, OidcStage, REDIRECT_URI } from './oidc.stage.js';

let dir: string;
let emulator: PscEmulator;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'liaison-psc-'));
  emulator = await startPscEmulator({ port: 0, dataDir: dir });
});
afterAll(async () => {
  await emulator.close();
  await rm(dir, { recursive: true });
});

function authorizeUrl(changes: Record<string, string> = {}): string {
  const url = new URL('/auth', emulator.url);
  const wish = {
    response_type: 'code',
    client_id: emulator.clientId,
    redirect_uri: REDIRECT_URI,
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    state: 'abc',
    nonce: nonce(),
    ...changes,
  };
  url.search = new URLSearchParams(wish).toString();
  return url.href;
}

const answerTo = async (changes: Record<string, string>): Promise<URLSearchParams> =>
  new URL(await loginAt(authorizeUrl(changes), NURSE)).searchParams;

describe('the provider’s dialect', () => {
  test('a proper request comes back with a code, its state and the issuer', async () => {
    const answer = await answerTo({});
    expect(answer.get('code')).not.toBeNull();
    expect(answer.get('state')).toBe('abc');
    expect(answer.get('iss')).toBe(emulator.issuer);
  });

  test.each([
    ['a short nonce', { nonce: 'abcdef' }],
    ['a nonce of other letters', { nonce: 'g'.repeat(64) }],
    ['no assurance', { acr_values: '' }],
    ['another assurance', { acr_values: 'eidas3' }],
    ['a scope too small', { scope: 'openid' }],
  ])('%s is refused', async (_, changes) => {
    const answer = await answerTo(changes);
    expect(answer.get('code')).toBeNull();
    expect(answer.get('error')).toMatch(/^invalid_/);
  });

  test('a callback on another host is never followed', async () => {
    for (const redirect_uri of [
      'https://evil.example/api/auth/callback',
      'http://127.0.0.1:4000/elsewhere',
    ]) {
      await expect(loginAt(authorizeUrl({ redirect_uri }), NURSE)).rejects.toThrow(/stopped/);
    }
  });

  test('both discovery documents name the addresses of the real provider', async () => {
    for (const name of ['wallet-openid-configuration', 'openid-configuration']) {
      const response = await fetch(`${emulator.issuer}/.well-known/${name}`);
      const base = `${emulator.issuer}/protocol/openid-connect`;
      expect(await response.json()).toMatchObject({
        issuer: emulator.issuer,
        authorization_endpoint: `${emulator.url}/auth`,
        token_endpoint: `${base}/token`,
        userinfo_endpoint: `${base}/userinfo`,
        end_session_endpoint: `${base}/logout`,
        jwks_uri: `${base}/certs`,
        introspection_endpoint: `${base}/token/introspect`,
      });
    }
  });
});

describe('the chooser', () => {
  test('lists the people in French and says that it is an emulator', async () => {
    const first = await fetch(authorizeUrl(), { redirect: 'manual' });
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const url = new URL(first.headers.get('location') ?? '', emulator.url);
    const page = await (await fetch(url, { headers: { cookie } })).text();
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('Émulateur Pro Santé Connect — identités fictives');
    expect(page).toContain(`value="${NURSE}"`);
    const stranger = {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ personne: 'x' }),
    };
    expect((await fetch(url, stranger)).status).toBe(400);
    const decline = {
      ...stranger,
      body: new URLSearchParams({ refuser: '1' }),
      redirect: 'manual',
    } as const;
    const back = (await fetch(url, decline)).headers.get('location') ?? '';
    const end = await fetch(new URL(back, emulator.url), {
      headers: { cookie },
      redirect: 'manual',
    });
    expect(end.headers.get('location')).toContain('error=access_denied');
  });

  test('a page that nobody asked for is an error page, not a login', async () => {
    expect((await fetch(`${emulator.url}/interaction/x`)).status).toBe(400);
    expect((await fetch(`${emulator.url}/`)).status).toBe(200);
  });
});

describe('the signing key', () => {
  test('is its owner’s only', async () => {
    const { mode } = await stat(join(dir, 'psc-emulator', 'signing-key.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('survives a restart, and so do the tokens it signed', async () => {
    const stage = await OidcStage.open();
    const { idToken, attempt } = await stage.signIn(NURSE);
    await stage.restart();
    const token = { idToken, nonce: attempt.nonce };
    expect((await stage.client().verifyIdToken(token)).nationalId).toBe(NURSE);
    await stage.close();
  });
});

const COMPILED = fileURLToPath(new URL('../../dist/tools/psc-emulator/main.js', import.meta.url));

// The process itself needs the compiled program: the build precedes this suite in `npm test`.
test('as a process it says when it is ready and ends with its parent', async () => {
  const child = spawn(process.execPath, [COMPILED], {
    env: { ...process.env, PORT: '0', LIAISON_DATA_DIR: dir },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString()));
  });
  expect(JSON.parse(line)).toMatchObject({ ready: true, url: expect.stringMatching(/^http:/) });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  expect(await ended).toBe(0);
});
