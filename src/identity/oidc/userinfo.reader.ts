/**
 * The provider's userinfo, which answers JSON to some clients and a signed JWT to others. Both must
 * speak of the very person of the ID token.
 */
import { LIMITS } from '@liaison/contract/limits';
import { z } from 'zod';
import type { OidcConfig } from './oidc.config.js';
import { claimProblem, problemOf, unavailable } from './oidc.failures.js';
import type { JsonClaims } from './provider.claims.js';
import type { Provider } from './provider.metadata.js';
import { signedClaims } from './token.verifier.js';

const Claims = z.record(z.string(), z.unknown());

async function ask(provider: Provider, accessToken: string): Promise<Response> {
  try {
    const response = await fetch(provider.userinfoUrl, {
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json, application/jwt',
      },
      redirect: 'error',
      signal: AbortSignal.timeout(LIMITS.oidcTimeoutMs.value),
    });
    if (!response.ok) throw unavailable(`userinfo answered ${response.status}`);
    return response;
  } catch (error) {
    throw problemOf(error);
  }
}

/** A signed answer is bound to its issuer, and to this client when it names an audience. */
function checkSigned(claims: JsonClaims, config: OidcConfig): JsonClaims {
  const audience = [claims['aud'] ?? config.clientId].flat();
  if (claims['iss'] !== config.issuer) throw claimProblem('iss');
  if (!audience.includes(config.clientId)) throw claimProblem('aud');
  return claims;
}

async function plainClaims(response: Response): Promise<JsonClaims> {
  try {
    return Claims.parse(await response.json());
  } catch (error) {
    throw unavailable('userinfo is not JSON', error);
  }
}

export async function readUserinfo(
  provider: Provider,
  config: OidcConfig,
  accessToken: string,
  subject: unknown,
): Promise<JsonClaims> {
  const response = await ask(provider, accessToken);
  const signed = response.headers.get('content-type')?.startsWith('application/jwt') ?? false;
  const claims = signed
    ? checkSigned(await signedClaims(await response.text(), provider.keys), config)
    : await plainClaims(response);
  if (claims['sub'] !== subject) throw claimProblem('sub');
  return claims;
}
