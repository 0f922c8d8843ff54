/** Signing in by the provider, and what a person does with their sessions. */
import { toBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import { DeviceId, type Signature } from '@liaison/contract/ids';
import { SESSION_ROUTES } from '@liaison/contract/session';
import { Controller } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { Log } from '../platform/logger/log.js';
import { sessionView } from './live-session.js';
import { ProviderSignIn } from './provider.sign-in.js';
import { SessionAnswers } from './session.answers.js';
import { SessionCookies } from './session.cookies.js';
import { maybeSessionOf, sessionOf } from './session.gate.js';
import { Sessions } from './sessions.js';
import { SignInProofs } from './sign-in.proofs.js';

@Controller()
export class SessionController {
  constructor(
    private readonly signIn: ProviderSignIn,
    private readonly sessions: Sessions,
    private readonly proofs: SignInProofs,
    private readonly answers: SessionAnswers,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly log: Log,
  ) {}

  @Serves(SESSION_ROUTES.login)
  async login({ body, reply }: Call<typeof SESSION_ROUTES.login>) {
    const { authorizeUrl, attemptToken } = await this.signIn.begin(body);
    this.cookies.set('attempt', reply, attemptToken);
    return { authorizeUrl };
  }

  /**
   * A browser stands here, not the SDK: a refusal leads back to the app, which says it in words.
   */
  @Serves(SESSION_ROUTES.callback)
  async callback({ request, reply }: Call<typeof SESSION_ROUTES.callback>): Promise<string> {
    this.cookies.clear('attempt', reply);
    try {
      const { sessionToken, returnTo } = await this.signIn.finish({
        url: request.url,
        attemptToken: this.cookies.read('attempt', request.headers.cookie),
        sessionToken: this.sessionToken(request),
      });
      this.cookies.set('session', reply, sessionToken);
      return returnTo;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.log.info('A sign-in was refused.', { code: error.code, detail: error.detail });
      return `/?signin=${error.code}`;
    }
  }

  @Serves(SESSION_ROUTES.session)
  session({ request }: Call<typeof SESSION_ROUTES.session>) {
    const session = maybeSessionOf(request);
    return { session: session && sessionView(session, this.clock.now()) };
  }

  @Serves(SESSION_ROUTES.chooseRole)
  async chooseRole({ body, request, reply }: Call<typeof SESSION_ROUTES.chooseRole>) {
    const token = await this.sessions.chooseRole(sessionOf(request), body.role);
    return this.answers.opened(reply, token);
  }

  @Serves(SESSION_ROUTES.lockSession)
  async lock({ request }: Call<typeof SESSION_ROUTES.lockSession>) {
    const session = sessionOf(request);
    await this.sessions.lock(session);
    const now = this.clock.now();
    return { session: sessionView({ ...session, lockedAt: now }, now) };
  }

  @Serves(SESSION_ROUTES.signOut)
  async signOut({ body, request, reply }: Call<typeof SESSION_ROUTES.signOut>) {
    const session = sessionOf(request);
    await this.sessions.end(session);
    this.cookies.clear('session', reply);
    return { providerLogoutUrl: await this.providerLogout(body.idToken ?? session.idToken) };
  }

  @Serves(SESSION_ROUTES.deviceHere)
  deviceHere({ request }: Call<typeof SESSION_ROUTES.deviceHere>) {
    const said = this.cookies.read('device', request.headers.cookie);
    return { device: DeviceId.safeParse(said).data ?? null };
  }

  @Serves(SESSION_ROUTES.noteDevice)
  noteDevice({ body, reply }: Call<typeof SESSION_ROUTES.noteDevice>) {
    if (body.device === null) this.cookies.clear('device', reply);
    else this.cookies.set('device', reply, body.device);
    return body;
  }

  @Serves(SESSION_ROUTES.sessions)
  async list({ request }: Call<typeof SESSION_ROUTES.sessions>) {
    const { account, sessionId } = sessionOf(request);
    return { sessions: await this.sessions.list(account.accountId, sessionId) };
  }

  @Serves(SESSION_ROUTES.revokeSession)
  async revoke({ params, request }: Call<typeof SESSION_ROUTES.revokeSession>) {
    const { account, sessionId } = sessionOf(request);
    await this.sessions.revoke(account, params.session);
    return { sessions: await this.sessions.list(account.accountId, sessionId) };
  }

  @Serves(SESSION_ROUTES.operatorProof)
  operatorProof({ body, request }: Call<typeof SESSION_ROUTES.operatorProof>) {
    const proof = this.proofs.operatorProof(sessionOf(request).account, body.genesis);
    return { proof: toBase64Url(proof) as Signature };
  }

  private sessionToken(request: FastifyRequest): string | undefined {
    return this.cookies.read('session', request.headers.cookie);
  }

  /** Signing out here must not fail because the provider is away. */
  private async providerLogout(idToken: string | null): Promise<string | null> {
    try {
      return await this.signIn.logoutUrl(idToken, `${this.config.publicOrigin}/`);
    } catch (error) {
      this.log.warn('The provider could not be asked to sign out.', { error });
      return null;
    }
  }
}
