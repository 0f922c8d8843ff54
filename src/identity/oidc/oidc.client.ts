/**
 * The server's side of a sign-in by the national provider. The nonce is the client's: it commits to
 * what the client will do with the token, so the server checks its shape here and never makes one.
 * Neither access nor refresh tokens leave this room.
 */
import { Problem } from '@liaison/contract/errors';
import type { JSONWebKeySet } from 'jose';
import * as oidc from 'openid-client';
import type { Clock } from '../../platform/clock/clock.js';
import { DEFAULT_ACR, DEFAULT_SCOPE, type OidcConfig } from './oidc.config.js';
import { claimProblem, problemOf, unavailable } from './oidc.failures.js';
import { type ProviderClaims, providerClaims } from './provider.claims.js';
import { clientAt, type Provider, ProviderMetadata } from './provider.metadata.js';
import { verifiedIdToken } from './token.verifier.js';
import { readUserinfo } from './userinfo.reader.js';

const NONCE = /^[0-9a-f]{64}$/;

/** What the server keeps between the click and the callback, in a place only it can read. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  /** Absent when the provider does not speak PKCE. */
  readonly codeVerifier?: string;
  /** A path of this deployment, safe to redirect to. */
  readonly returnTo: string;
}

export interface FinishedSignIn {
  readonly idToken: string;
  readonly claims: ProviderClaims;
}

/** Only a path of our own: `//host`, `\host` and absolute addresses lead elsewhere. */
function ownPath(returnTo: string | undefined): string {
  const safe = returnTo !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(returnTo);
  return safe ? returnTo : '/';
}

export class OidcClient {
  readonly #metadata: ProviderMetadata;

  constructor(
    private readonly config: OidcConfig,
    private readonly clock: Clock,
  ) {
    this.#metadata = new ProviderMetadata(config, clock);
  }

  /** Where to send the browser, and what to remember until it comes back. */
  async begin(wish: {
    readonly nonce: string;
    readonly returnTo?: string;
  }): Promise<{ readonly authorizeUrl: string; readonly attempt: SignInAttempt }> {
    if (!NONCE.test(wish.nonce)) throw new Problem('request_invalid', 'nonce');
    const client = await this.#client();
    const state = oidc.randomState();
    const codeVerifier = client.serverMetadata().supportsPKCE()
      ? oidc.randomPKCECodeVerifier()
      : undefined;
    const url = oidc.buildAuthorizationUrl(client, {
      redirect_uri: this.config.redirectUri,
      scope: this.config.scope ?? DEFAULT_SCOPE,
      acr_values: this.config.acrValues ?? DEFAULT_ACR,
      nonce: wish.nonce,
      state,
      ...(codeVerifier === undefined ? {} : await challengeOf(codeVerifier)),
    });
    const returnTo = ownPath(wish.returnTo);
    const proof = codeVerifier === undefined ? {} : { codeVerifier };
    return { authorizeUrl: url.href, attempt: { state, nonce: wish.nonce, returnTo, ...proof } };
  }

  /** Exchanges the callback's code; every refusal is a Problem with a code of its own. */
  async finish(answer: {
    readonly callbackUrl: string;
    readonly attempt: Omit<SignInAttempt, 'returnTo'>;
  }): Promise<FinishedSignIn> {
    const callback = this.#callback(answer.callbackUrl);
    if (callback.searchParams.get('state') !== answer.attempt.state) {
      throw new Problem('oidc_state_unknown', 'state');
    }
    const from = callback.searchParams.get('iss');
    if (from !== null && from !== this.config.issuer) throw claimProblem('iss');
    const provider = await this.#metadata.provider();
    const { idToken, accessToken } = await this.#exchange(provider, callback, answer.attempt);
    const { nonce } = answer.attempt;
    const signed = await verifiedIdToken(idToken, provider.keys, this.config, {
      nonce,
      nowMs: this.clock.now(),
    });
    const more = await readUserinfo(provider, this.config, accessToken, signed['sub']);
    return { idToken, claims: providerClaims(signed, more) };
  }

  /** A token that somebody hands over later: what an identity log embeds, for instance. */
  async verifyIdToken(token: {
    readonly idToken: string;
    readonly nonce: string;
    readonly issuedWithinMs?: number;
  }): Promise<ProviderClaims> {
    const { keys } = await this.#metadata.provider();
    const { idToken, ...expected } = token;
    const nowMs = this.clock.now();
    return providerClaims(
      await verifiedIdToken(idToken, keys, this.config, { ...expected, nowMs }),
    );
  }

  /** The provider's public keys, for clients that verify its tokens themselves. */
  async publicKeys(): Promise<JSONWebKeySet> {
    const { keys } = await this.#metadata.provider();
    if (!keys.fresh) await keys.reload();
    return keys.jwks() ?? { keys: [] };
  }

  /** Where to send the browser to end the provider's own session. */
  async logoutUrl(wish: {
    readonly idToken: string;
    readonly returnUrl: string;
    readonly state: string;
  }): Promise<string> {
    const client = await this.#client();
    return oidc.buildEndSessionUrl(client, {
      id_token_hint: wish.idToken,
      post_logout_redirect_uri: wish.returnUrl,
      state: wish.state,
    }).href;
  }

  async #client(): Promise<oidc.Configuration> {
    const { server } = await this.#metadata.provider();
    return clientAt(this.clock.now(), this.config, server);
  }

  /** The registered address with what came back: a proxy may have changed the rest. */
  #callback(callbackUrl: string): URL {
    const callback = new URL(this.config.redirectUri);
    if (URL.canParse(callbackUrl, this.config.redirectUri)) {
      callback.search = new URL(callbackUrl, this.config.redirectUri).search;
    }
    return callback;
  }

  async #exchange(
    { server }: Provider,
    callback: URL,
    attempt: Omit<SignInAttempt, 'returnTo'>,
  ): Promise<{ readonly idToken: string; readonly accessToken: string }> {
    const client = clientAt(this.clock.now(), this.config, server);
    try {
      const tokens = await oidc.authorizationCodeGrant(client, callback, {
        expectedNonce: attempt.nonce,
        expectedState: attempt.state,
        idTokenExpected: true,
        ...(attempt.codeVerifier === undefined ? {} : { pkceCodeVerifier: attempt.codeVerifier }),
      });
      if (tokens.id_token === undefined) throw unavailable('no ID token');
      return { idToken: tokens.id_token, accessToken: tokens.access_token };
    } catch (error) {
      throw problemOf(error);
    }
  }
}

async function challengeOf(codeVerifier: string) {
  const code_challenge = await oidc.calculatePKCECodeChallenge(codeVerifier);
  return { code_challenge, code_challenge_method: 'S256' };
}
