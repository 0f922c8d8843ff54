/** A sign-in by the national provider, from the click to the session. */
import { Problem } from '@liaison/contract/errors';
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Accounts } from './accounts.js';
import { OidcClient } from './oidc/oidc.client.js';
import { Sessions } from './sessions.js';
import { SignInAttempts } from './sign-in.attempts.js';

export interface Callback {
  readonly url: string;
  /** From the attempt's cookie, and from the session's when this browser had one. */
  readonly attemptToken: string | undefined;
  readonly sessionToken: string | undefined;
}

@Injectable()
export class ProviderSignIn {
  constructor(
    private readonly oidc: OidcClient,
    private readonly attempts: SignInAttempts,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly database: Database,
  ) {}

  async begin(wish: { nonce: string; returnTo: string }) {
    const { authorizeUrl, attempt } = await this.oidc.begin(wish);
    return { authorizeUrl, attemptToken: await this.attempts.begin('provider', attempt) };
  }

  async finish(callback: Callback): Promise<{ sessionToken: string; returnTo: string }> {
    const attempt = await this.attempts.take('provider', callback.attemptToken);
    if (attempt === null) throw new Problem('oidc_state_unknown', 'no attempt of this browser');
    const { state, nonce, codeVerifier, returnTo } = attempt;
    const { idToken, claims } = await this.oidc.finish({
      callbackUrl: callback.url,
      attempt: { state, nonce, ...(codeVerifier === undefined ? {} : { codeVerifier }) },
    });
    const sessionToken = await this.database.transaction(async (transaction) => {
      const account = await this.accounts.ofProvider(transaction, claims);
      const proof = { means: 'provider', idToken, nonce } as const;
      return this.sessions.open(transaction, account, proof, callback.sessionToken);
    });
    return { sessionToken, returnTo };
  }

  /** Where to end the provider's own session; null when there is no token to name it by. */
  async logoutUrl(idToken: string | null, returnUrl: string): Promise<string | null> {
    if (idToken === null) return null;
    return this.oidc.logoutUrl({ idToken, returnUrl, state: 'signed-out' });
  }
}
