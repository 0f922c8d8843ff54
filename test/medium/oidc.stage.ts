/**
 * The server's OIDC client and a real emulator over loopback, as the tests of this folder need
 * them. Each stage has its own data folder and free port and leaves nothing behind.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type ErrorCode, Problem } from '@liaison/contract/errors';
import { OidcClient } from '../../src/identity/oidc/oidc.client.js';
import type { OidcConfig } from '../../src/identity/oidc/oidc.config.js';
import { ManualClock } from '../../src/platform/clock/manual.clock.js';
import { type PscEmulator, startPscEmulator } from '../../tools/psc-emulator/emulator.server.js';
import { loginAt } from '../../tools/psc-emulator/headless-login.js';

export const REDIRECT_URI = 'http://127.0.0.1:41999/api/auth/callback';

/** People of the sample that differ in how the provider speaks of them. */
export const NURSE = '899970000016';
export const GP_SIGNED_USERINFO = '899970000032';
export const NURSE_WITHOUT_ACTIVITIES = '899970000073';
export const MIDWIFE_AND_NURSE = '899970000131';
export const HOSPITAL_AND_PRACTICE = '899970000156';

export const nonce = (): string => randomBytes(32).toString('hex');

export class OidcStage {
  readonly clock = new ManualClock(Date.now());

  private constructor(
    public emulator: PscEmulator,
    private readonly folder: string,
  ) {}

  static async open(port = 0): Promise<OidcStage> {
    const folder = await mkdtemp(join(tmpdir(), 'liaison-oidc-'));
    return new OidcStage(await startPscEmulator({ port, dataDir: folder }), folder);
  }

  async close(): Promise<void> {
    await this.emulator.close();
    await rm(this.folder, { recursive: true });
  }

  /** The same data and port: what a restarted process finds. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.emulator.url).port);
    await this.emulator.close();
    this.emulator = await startPscEmulator({ port, dataDir: this.folder });
  }

  client(changes: Partial<OidcConfig> = {}): OidcClient {
    const { issuer, clientId, clientSecret } = this.emulator;
    const config = { issuer, clientId, clientSecret, redirectUri: REDIRECT_URI, ...changes };
    return new OidcClient(config, this.clock);
  }

  /** A whole sign-in, with a provider that may have been told to lie. */
  async signIn(person: string, client = this.client()) {
    const wish = { nonce: nonce(), returnTo: '/circles' };
    const { authorizeUrl, attempt } = await client.begin(wish);
    const callbackUrl = await loginAt(authorizeUrl, person);
    return { attempt, callbackUrl, ...(await client.finish({ callbackUrl, attempt })) };
  }
}

export async function expectProblem(work: Promise<unknown>, code: ErrorCode): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).code).toBe(code);
  return error as Problem;
}
