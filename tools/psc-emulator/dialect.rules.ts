/**
 * What Pro Santé Connect asks beyond plain OpenID Connect, and where its endpoints stand. A client
 * that forgets one of these is refused here as it would be there.
 */
import { type Context, errors } from 'oidc-provider';

export const REALM = '/auth/realms/esante-wallet';
const PROTOCOL = `${REALM}/protocol/openid-connect`;

export const ROUTES = {
  authorization: '/auth',
  token: `${PROTOCOL}/token`,
  userinfo: `${PROTOCOL}/userinfo`,
  end_session: `${PROTOCOL}/logout`,
  jwks: `${PROTOCOL}/certs`,
  introspection: `${PROTOCOL}/token/introspect`,
} as const;

/** Both names of the discovery document; the library knows only the path on the right. */
export const DISCOVERY_ALIASES = new Map([
  [`${REALM}/.well-known/wallet-openid-configuration`, '/.well-known/openid-configuration'],
  [`${REALM}/.well-known/openid-configuration`, '/.well-known/openid-configuration'],
]);

export const ASSURANCE = 'eidas1';
export const SCOPES = ['openid', 'scope_all'] as const;
const NONCE = /^[0-9a-f]{64}$/i;

/** Throws what the provider sends back to the client; returns false: no prompt is wanted for it. */
export function refuseOtherDialects(ctx: Context): boolean {
  const params = ctx.oidc.params ?? {};
  const words = (name: string): string[] => (params[name] ?? '').split(' ');
  if (!NONCE.test(params['nonce'] ?? '')) {
    throw new errors.InvalidRequest('nonce must be 64 hexadecimal characters');
  }
  if (!words('acr_values').includes(ASSURANCE)) {
    throw new errors.InvalidRequest(`acr_values must contain ${ASSURANCE}`);
  }
  if (!SCOPES.every((scope) => words('scope').includes(scope))) {
    throw new errors.InvalidRequest(`scope must contain ${SCOPES.join(' ')}`);
  }
  return false;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The registered addresses, and the product's own callback on any port of this machine: tests and
 * second instances listen wherever a port is free. No other host is ever allowed unregistered.
 */
export function redirectAllowed(uri: string, registered: readonly string[]): boolean {
  if (registered.includes(uri)) return true;
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, pathname } = new URL(uri);
  return protocol === 'http:' && LOOPBACK.has(hostname) && pathname === '/api/auth/callback';
}

/** After a logout, the browser goes back to any page of an origin that may sign in. */
export function logoutRedirectAllowed(uri: string, registered: readonly string[]): boolean {
  if (!URL.canParse(uri)) return false;
  const { origin, protocol, hostname } = new URL(uri);
  if (protocol === 'http:' && LOOPBACK.has(hostname)) return true;
  return registered.some((known) => new URL(known).origin === origin);
}
