/**
 * The OpenID provider itself: `oidc-provider` set to Pro Santé Connect's paths, claims, lifetimes
 * and refusals. What the person sees is in the pages; who exists is given from outside.
 */
import { type Context, interactionPolicy, Provider } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import {
  ASSURANCE,
  logoutRedirectAllowed,
  redirectAllowed,
  refuseOtherDialects,
  ROUTES,
  SCOPES,
} from './dialect.rules.js';
import { claimsOf, type EmulatedPerson, PSC_CLAIMS } from './person.claims.js';
import { errorPage, signedOutPage } from './page.parts.js';
import type { TokenSigner } from './signing.key.js';

/** In seconds; the real provider's are of this order and are not to be relied on. */
const LIFETIMES = {
  AccessToken: 120,
  AuthorizationCode: 60,
  Grant: 1800,
  IdToken: 120,
  Interaction: 900,
  RefreshToken: 1800,
  Session: 1800,
} as const;

export interface ProviderSetup {
  readonly issuer: string;
  /** Who stands behind a subject now: one number may have had several names. */
  readonly holder: (subject: string) => EmulatedPerson | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly signer: TokenSigner;
}

function policy() {
  const { Check } = interactionPolicy;
  const prompts = interactionPolicy.base();
  prompts
    .get('login')
    .checks.add(
      new Check(
        'psc_dialect',
        'the request is not in this provider’s dialect',
        refuseOtherDialects,
      ),
    );
  // The provider asks for no consent: what a professional shares is set by its rules.
  prompts.remove('consent');
  return prompts;
}

function html(ctx: Context, page: string): void {
  Object.assign(ctx, { type: 'html', body: page });
}

/** The real provider signs out at once, without asking, and sends the browser back. */
async function signOut(ctx: Context): Promise<void> {
  await ctx.oidc.session.destroy();
  sendBack(ctx);
}

/** A browser whose session is gone already is sent back just the same. */
async function sendBackStrangers(ctx: Context, next: () => Promise<void>): Promise<void> {
  await next();
  if ('oidc' in ctx && ctx.oidc.route === 'end_session' && ctx.status === 200) sendBack(ctx);
}

function sendBack(ctx: Context): void {
  const { post_logout_redirect_uri: back, state } = ctx.oidc.params ?? {};
  if (back === undefined) {
    html(ctx, signedOutPage());
    return;
  }
  const url = new URL(back);
  if (state !== undefined) url.searchParams.set('state', state);
  Object.assign(ctx, { status: 303 });
  ctx.redirect(url.href);
}

function features() {
  return {
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: signOut,
      postLogoutSuccessSource: (ctx: Context) => html(ctx, signedOutPage()),
    },
  };
}

function clientOf(setup: ProviderSetup) {
  return {
    client_id: setup.clientId,
    client_secret: setup.clientSecret,
    redirect_uris: [...setup.redirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'RS256',
    require_auth_time: true,
  };
}

function configurationOf(setup: ProviderSetup) {
  return {
    acrValues: [ASSURANCE],
    // A sign-in that a restart interrupts begins again: only the signing key is kept on disk.
    adapter: createMemoryAdapter(0),
    claims: { openid: ['sub'], scope_all: [...PSC_CLAIMS], acr: null, auth_time: null, sid: null },
    clients: [clientOf(setup)],
    // The certified claims must stand in the ID token itself, as at the real provider.
    conformIdTokenClaims: false,
    cookies: {
      keys: [setup.signer.cookieKey],
      names: { session: 'psc_session', interaction: 'psc_interaction', resume: 'psc_resume' },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    features: features(),
    findAccount: (_: Context, id: string) => {
      const person = setup.holder(id);
      return person && { accountId: id, claims: async () => claimsOf(person) };
    },
    interactions: {
      policy: policy(),
      url: (_: Context, { uid }: { uid: string }) => `/interaction/${uid}`,
    },
    issueRefreshToken: () => true,
    jwks: { keys: [setup.signer.jwk] },
    pkce: { required: () => false },
    renderError: (ctx: Context, out: { error: string; error_description?: string }) =>
      html(ctx, errorPage(out)),
    responseTypes: ['code'],
    routes: ROUTES,
    scopes: [...SCOPES],
    ttl: LIFETIMES,
  };
}

async function grantEverything(provider: Provider, ctx: Context): Promise<unknown> {
  const { client, session } = ctx.oidc;
  if (client === undefined || session.accountId === undefined) return undefined;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  for (const scope of SCOPES) grant.addOIDCScope(scope);
  await grant.save();
  return grant;
}

export function createProvider(setup: ProviderSetup): Provider {
  const provider: Provider = new Provider(setup.issuer, {
    ...configurationOf(setup),
    loadExistingGrant: (ctx: Context) => grantEverything(provider, ctx),
  });
  const { redirectUris } = setup;
  Object.assign(provider.Client.prototype, {
    redirectUriAllowed: (uri: string) => redirectAllowed(uri, redirectUris),
    postLogoutRedirectUriAllowed: (uri: string) => logoutRedirectAllowed(uri, redirectUris),
    includeSid: () => true,
  });
  return provider.use(sendBackStrangers);
}
