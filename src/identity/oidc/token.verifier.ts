/**
 * Reads a token of the provider: signature first, algorithm pinned, then each claim that binds it
 * to this deployment, this sign-in and this moment. Nothing of an unverified token leaves here.
 */
import { LIMITS } from '@liaison/contract/limits';
import { compactVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { assuranceReaches, DEFAULT_ACR, type OidcConfig, TOKEN_ALGORITHM } from './oidc.config.js';
import { claimProblem, problemOf } from './oidc.failures.js';
import type { JsonClaims } from './provider.claims.js';

export interface TokenExpectations {
  readonly nonce: string;
  readonly nowMs: number;
  /** How long after its issue it still counts, instead of its own end (about two minutes). */
  readonly issuedWithinMs?: number;
}

const IdTokenClaims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  sub: z.string().min(1),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string(),
  acr: z.string().optional(),
});
type IdTokenClaims = z.infer<typeof IdTokenClaims>;

/** The payload of a token that the provider did sign. */
export async function signedClaims(token: string, keys: JWTVerifyGetKey): Promise<JsonClaims> {
  try {
    const { payload } = await compactVerify(token, keys, { algorithms: [TOKEN_ALGORITHM] });
    return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (error) {
    throw problemOf(error);
  }
}

function audienceIs(claims: IdTokenClaims, clientId: string): boolean {
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (!audience.includes(clientId)) return false;
  return claims.azp === undefined ? audience.length === 1 : claims.azp === clientId;
}

function inTime(claims: IdTokenClaims, expected: TokenExpectations): boolean {
  const now = expected.nowMs / 1000;
  const skew = LIMITS.oidcClockSkewS.value;
  const { issuedWithinMs } = expected;
  const end = issuedWithinMs === undefined ? claims.exp : claims.iat + issuedWithinMs / 1000;
  return claims.iat <= now + skew && now < end + skew;
}

function checkClaims(claims: IdTokenClaims, config: OidcConfig, expected: TokenExpectations): void {
  const wanted = config.acrValues ?? DEFAULT_ACR;
  if (claims.iss !== config.issuer) throw claimProblem('iss');
  if (!audienceIs(claims, config.clientId)) throw claimProblem('aud');
  if (claims.nonce !== expected.nonce) throw claimProblem('nonce');
  if (!inTime(claims, expected)) throw claimProblem('exp');
  if (!assuranceReaches(claims.acr, wanted)) throw claimProblem('acr');
}

export async function verifiedIdToken(
  idToken: string,
  keys: JWTVerifyGetKey,
  config: OidcConfig,
  expected: TokenExpectations,
): Promise<JsonClaims> {
  const claims = IdTokenClaims.safeParse(await signedClaims(idToken, keys));
  if (!claims.success) throw claimProblem(String(claims.error.issues[0]?.path[0] ?? 'sub'));
  checkClaims(claims.data, config, expected);
  return claims.data;
}
