/**
 * A whole server over HTTP with a real PostgreSQL, a real provider emulator, and a clock that the
 * test moves. Each browser of the stage keeps its own cookies, as people's browsers do.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import { REQUEST_MARK, type Session } from '@liaison/contract/session';
import { ManualClock } from '../../src/platform/clock/manual.clock.js';
import type { Config } from '../../src/platform/config/config.js';
import { Log } from '../../src/platform/logger/log.js';
import type { Running } from '../../src/platform/program.js';
import { startServer } from '../../src/server.js';
import { type PscEmulator, startPscEmulator } from '../../tools/psc-emulator/emulator.server.js';
import { loginAt } from '../../tools/psc-emulator/headless-login.js';
import { lendProviderKeys } from '../support/provider-keys.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

export const ORIGIN = 'http://localhost:3000';
export const NURSE = '899970000016';
export const GP = '899970000032';
export const MIDWIFE_AND_NURSE = '899970000131';
export const NURSE_WITHOUT_ACTIVITIES = '899970000073';

export const newNonce = (): string => randomBytes(32).toString('hex');

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T & { readonly code?: ErrorCode };
}

/** Requests with a cookie jar; `background` says that no person made them. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly server: string) {}

  async ask<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = { [REQUEST_MARK.name]: REQUEST_MARK.value },
  ): Promise<Answer<T>> {
    const response = await fetch(this.server + path, {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.cookieHeader(),
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.remember(response);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    const { status } = response;
    return { status, headers: response.headers, body: (json ? JSON.parse(text) : text) as never };
  }

  get = <T>(path: string) => this.ask<T>('GET', path);
  post = <T>(path: string, body: unknown = {}) => this.ask<T>('POST', path, body);

  async session(): Promise<Session | null> {
    return (await this.get<{ session: Session | null }>('/api/session')).body.session;
  }

  /** The very same cookies, in other hands. */
  copy(): Browser {
    const other = new Browser(this.server);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private remember(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), value);
    }
  }
}

export class IdentityStage {
  readonly clock = new ManualClock(Date.now());

  private constructor(
    readonly fixture: TestDatabase,
    readonly emulator: PscEmulator,
    readonly config: Config,
    private readonly folder: string,
  ) {}

  private running: Running | undefined;

  static async open(changes: Partial<Config> = {}): Promise<IdentityStage> {
    const folder = mkdtempSync(join(tmpdir(), 'liaison-identity-'));
    const fixture = await createTestDatabase();
    lendProviderKeys(folder);
    const emulator = await startPscEmulator({
      port: 0,
      dataDir: folder,
      redirectUris: [`${ORIGIN}/api/auth/callback`],
    });
    const { issuer, clientId, clientSecret } = emulator;
    const oidc = { issuer, clientId, clientSecret };
    const config = testConfig(fixture, { publicOrigin: ORIGIN, oidc, ...changes });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(config.logKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const stage = new IdentityStage(fixture, emulator, config, folder);
    const log = Log.create('silent');
    const { clock } = stage;
    stage.running = await startServer({ config, roles: ['api'], log, clock });
    return stage;
  }

  async close(): Promise<void> {
    await this.running?.close();
    await this.emulator.close();
    await this.fixture.close();
    rmSync(this.folder, { recursive: true });
    rmSync(this.config.dataDir, { recursive: true });
  }

  get url(): string {
    return this.running?.url ?? '';
  }

  browser(): Browser {
    return new Browser(this.url);
  }

  /** Up to the provider's answer: the path of our callback, not yet followed. */
  async toCallback(browser: Browser, person: string, nonce = newNonce()): Promise<string> {
    const wish = { nonce, returnTo: '/accueil' };
    const { body } = await browser.post<{ authorizeUrl: string }>('/api/auth/login', wish);
    const callback = new URL(await loginAt(body.authorizeUrl, person));
    return callback.pathname + callback.search;
  }

  /** The whole sign-in; the address it led to. */
  async signIn(browser: Browser, person: string, nonce = newNonce()): Promise<string> {
    const answer = await browser.get(await this.toCallback(browser, person, nonce));
    return answer.headers.get('location') ?? '';
  }

  async signedIn(person: string): Promise<Browser> {
    const browser = this.browser();
    await this.signIn(browser, person);
    return browser;
  }

  /** Ties an account to a person as the opening of an identity log does. */
  async enrol(account: string, person: PersonId): Promise<void> {
    await this.fixture.database.query('UPDATE accounts SET person = $2 WHERE account_id = $1', [
      account,
      person,
    ]);
  }
}
