/** Passkeys over HTTP: making them, unlocking with them, signing in with them. */
import { PASSKEY_ROUTES } from '@liaison/contract/passkey';
import { Controller } from '@nestjs/common';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { PasskeySignIn } from './passkey.sign-in.js';
import { Passkeys } from './passkeys.js';
import { SessionAnswers } from './session.answers.js';
import { SessionCookies } from './session.cookies.js';
import { sessionOf } from './session.gate.js';

@Controller()
export class PasskeyController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly signIn: PasskeySignIn,
    private readonly answers: SessionAnswers,
    private readonly cookies: SessionCookies,
  ) {}

  @Serves(PASSKEY_ROUTES.passkeys)
  async list({ request }: Call<typeof PASSKEY_ROUTES.passkeys>) {
    return { passkeys: await this.passkeys.list(sessionOf(request).account.accountId) };
  }

  @Serves(PASSKEY_ROUTES.passkeyRegistrationOptions)
  async registrationOptions({ request }: Call<typeof PASSKEY_ROUTES.passkeyRegistrationOptions>) {
    return { options: await this.signIn.registrationOptions(sessionOf(request)) };
  }

  @Serves(PASSKEY_ROUTES.registerPasskey)
  async register({ body, request }: Call<typeof PASSKEY_ROUTES.registerPasskey>) {
    const session = sessionOf(request);
    await this.signIn.register(session, body.answer);
    return { passkeys: await this.passkeys.list(session.account.accountId) };
  }

  @Serves(PASSKEY_ROUTES.removePasskey)
  async remove({ params, request }: Call<typeof PASSKEY_ROUTES.removePasskey>) {
    const { account } = sessionOf(request);
    await this.passkeys.remove(account, params.passkey);
    return { passkeys: await this.passkeys.list(account.accountId) };
  }

  @Serves(PASSKEY_ROUTES.unlockOptions)
  async unlockOptions({ request }: Call<typeof PASSKEY_ROUTES.unlockOptions>) {
    return { options: await this.signIn.unlockOptions(sessionOf(request)) };
  }

  @Serves(PASSKEY_ROUTES.unlockSession)
  async unlock({ body, request, reply }: Call<typeof PASSKEY_ROUTES.unlockSession>) {
    const token = await this.signIn.unlock(sessionOf(request), body.answer);
    return this.answers.opened(reply, token);
  }

  @Serves(PASSKEY_ROUTES.passkeySignInOptions)
  async signInOptions({ reply }: Call<typeof PASSKEY_ROUTES.passkeySignInOptions>) {
    const { options, attemptToken } = await this.signIn.signInOptions();
    this.cookies.set('attempt', reply, attemptToken);
    return { options };
  }

  @Serves(PASSKEY_ROUTES.passkeySignIn)
  async passkeySignIn({ body, request, reply }: Call<typeof PASSKEY_ROUTES.passkeySignIn>) {
    const { cookie } = request.headers;
    const token = await this.signIn.signIn(
      body.answer,
      this.cookies.read('attempt', cookie),
      this.cookies.read('session', cookie),
    );
    return this.answers.opened(reply, token);
  }
}
