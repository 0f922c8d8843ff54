/**
 * The provider's own description: its addresses and its keys. Addresses are taken from the
 * discovery document, never built: Pro Santé Connect's authorize page stands on another host than
 * its realm.
 */
import { Problem } from '@liaison/contract/errors';
import { LIMITS } from '@liaison/contract/limits';
import { createRemoteJWKSet, type RemoteJWKSet } from 'jose';
import * as oidc from 'openid-client';
import { type Clock, SystemClock } from '../../platform/clock/clock.js';
import { type OidcConfig, TOKEN_ALGORITHM } from './oidc.config.js';
import { unavailable } from './oidc.failures.js';

export interface Provider {
  readonly server: oidc.ServerMetadata;
  readonly keys: RemoteJWKSet;
  readonly userinfoUrl: string;
}

type Allowance = (client: oidc.Configuration) => void;

// The library marks it deprecated only to make it stand out. An http issuer is the emulator's on
// this machine; platform/config refuses one in production.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const allowHttp: Allowance = oidc.allowInsecureRequests;

function allowances({ issuer }: OidcConfig): Allowance[] {
  return new URL(issuer).protocol === 'http:' ? [allowHttp] : [];
}

/**
 * The library's client, which asks the machine for the time: the skew makes it ask our clock. One
 * is made for each use, because it costs nothing and a clock may be moved.
 */
export function clientAt(nowMs: number, config: OidcConfig, server: oidc.ServerMetadata) {
  const client = new oidc.Configuration(
    server,
    config.clientId,
    {
      id_token_signed_response_alg: TOKEN_ALGORITHM,
      [oidc.clockSkew]: Math.round((nowMs - new SystemClock().now()) / 1000),
      [oidc.clockTolerance]: LIMITS.oidcClockSkewS.value,
    },
    oidc.ClientSecretPost(config.clientSecret),
  );
  client.timeout = LIMITS.oidcTimeoutMs.value / 1000;
  for (const allow of allowances(config)) allow(client);
  return client;
}

/** Pro Santé Connect's own document first, the standard's name for any other provider. */
function candidates({ issuer, discoveryUrl }: OidcConfig): URL[] {
  if (discoveryUrl !== undefined) return [new URL(discoveryUrl)];
  const below = `${issuer.replace(/\/$/, '')}/.well-known`;
  return ['wallet-openid-configuration', 'openid-configuration'].map(
    (name) => new URL(`${below}/${name}`),
  );
}

async function discover(config: OidcConfig, url: URL): Promise<oidc.ServerMetadata> {
  const execute = allowances(config);
  const timeout = LIMITS.oidcTimeoutMs.value / 1000;
  const client = await oidc.discovery(url, config.clientId, undefined, undefined, {
    execute,
    timeout,
  });
  return client.serverMetadata();
}

const NO_DOCUMENT = ['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** The provider answered, but not with a document: the next name may be the right one. */
function answeredElse(error: unknown): boolean {
  const code = typeof error === 'object' && error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && NO_DOCUMENT.includes(code);
}

async function discoverFirst(config: OidcConfig): Promise<oidc.ServerMetadata> {
  let failure: unknown;
  for (const url of candidates(config)) {
    try {
      return await discover(config, url);
    } catch (error) {
      failure = error;
      if (!answeredElse(error)) break;
    }
  }
  throw unavailable('discovery', failure);
}

function endpoint(url: string | undefined, name: string): string {
  if (url === undefined) throw unavailable(`discovery names no ${name}`);
  return url;
}

async function loadProvider(config: OidcConfig): Promise<Provider> {
  const server = await discoverFirst(config);
  if (server.issuer !== config.issuer) throw new Problem('oidc_issuer_mismatch', 'discovery');
  const jwksUrl = new URL(endpoint(server.jwks_uri, 'jwks_uri'));
  const keys = createRemoteJWKSet(jwksUrl, {
    timeoutDuration: LIMITS.oidcTimeoutMs.value,
    // A key name that is not known is looked up again at the provider, at most this often.
    cooldownDuration: config.keysPauseMs ?? LIMITS.oidcKeysPauseMs.value,
  });
  return { server, keys, userinfoUrl: endpoint(server.userinfo_endpoint, 'userinfo_endpoint') };
}

/** One description shared by all sign-ins, read again when it is old; a failure is never kept. */
export class ProviderMetadata {
  #current: { readonly provider: Promise<Provider>; readonly since: number } | undefined;

  constructor(
    private readonly config: OidcConfig,
    private readonly clock: Clock,
  ) {}

  async provider(): Promise<Provider> {
    const now = this.clock.now();
    const old = this.#current;
    if (old && now - old.since < LIMITS.oidcMetadataMs.value) return old.provider;
    const current = { provider: loadProvider(this.config), since: now };
    this.#current = current;
    try {
      return await current.provider;
    } catch (error) {
      if (this.#current === current) this.#current = undefined;
      throw error;
    }
  }
}
