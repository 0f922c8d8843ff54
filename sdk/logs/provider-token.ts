/**
 * ID tokens as dated attestations. They are judged as of their issue: a token lives two minutes,
 * what it attests lasts. Signature first, algorithm pinned; nothing of an unverified token leaves.
 */
import { type CertifiedClaims, certifiedClaims } from '@liaison/contract/certified-claims';
import type { ProviderFacts } from '@liaison/contract/instance';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from 'jose';
import { z } from 'zod';

const ALGORITHM = 'RS256';
/** Weakest first (eIDAS levels as the provider writes them). */
const LEVELS = ['eidas1', 'eidas2', 'eidas3'];

const IdToken = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  iat: z.int().positive(),
  nonce: z.string(),
  acr: z.string(),
});
type IdToken = z.infer<typeof IdToken>;

export type TokenFault = 'malformed' | 'signature' | 'issuer' | 'audience' | 'nonce' | 'acr';

/**
 * `certified`: it holds. `unproven`: its key is not pinned, or it is signed with a secret that the
 * server shares, so only the server's word stands behind it. `fault`: it is wrong.
 */
export type TokenVerdict =
  | { readonly verdict: 'certified'; readonly at: number; readonly claims: CertifiedClaims }
  | { readonly verdict: 'unproven' }
  | { readonly verdict: 'fault'; readonly why: TokenFault };

const fault = (why: TokenFault): TokenVerdict => ({ verdict: 'fault', why });

type Pinned = 'pinned' | 'not-pinned' | 'malformed';

/** What the token's own header says, before any key is tried. */
function keyOf(token: string, provider: ProviderFacts): Pinned {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    if (alg === 'HS256') return 'not-pinned';
    if (alg !== ALGORITHM) return 'malformed';
    return provider.jwks.keys.some((key) => key.kid === kid) ? 'pinned' : 'not-pinned';
  } catch (error) {
    if (error instanceof TypeError) return 'malformed';
    throw error;
  }
}

async function payloadOf(token: string, provider: ProviderFacts): Promise<unknown> {
  try {
    const keys = createLocalJWKSet({ keys: [...provider.jwks.keys] });
    const { payload } = await compactVerify(token, keys, { algorithms: [ALGORITHM] });
    return JSON.parse(new TextDecoder().decode(payload));
  } catch (error) {
    // Whatever a token does to the parser or to the verification, it is not a signed token.
    if (error instanceof Error) return null;
    throw error;
  }
}

function reaches(acr: string, wanted: string): boolean {
  return (
    acr === wanted || (LEVELS.includes(wanted) && LEVELS.indexOf(acr) > LEVELS.indexOf(wanted))
  );
}

function isFor(token: IdToken, client: string): boolean {
  const audience = Array.isArray(token.aud) ? token.aud : [token.aud];
  if (!audience.includes(client)) return false;
  return token.azp === undefined ? audience.length === 1 : token.azp === client;
}

function judge(token: IdToken, provider: ProviderFacts, nonce: string): TokenFault | null {
  if (token.iss !== provider.issuer) return 'issuer';
  if (!isFor(token, provider.audience)) return 'audience';
  if (token.nonce !== nonce) return 'nonce';
  return reaches(token.acr, provider.minimumAcr) ? null : 'acr';
}

export async function verifyToken(
  idToken: string,
  provider: ProviderFacts | null,
  nonce: string,
): Promise<TokenVerdict> {
  if (provider === null) return { verdict: 'unproven' };
  const key = keyOf(idToken, provider);
  if (key !== 'pinned') return key === 'malformed' ? fault(key) : { verdict: 'unproven' };
  const payload = await payloadOf(idToken, provider);
  if (payload === null) return fault('signature');
  const token = IdToken.safeParse(payload);
  if (!token.success) return fault('malformed');
  const why = judge(token.data, provider, nonce);
  if (why !== null) return fault(why);
  const claims = certifiedClaims(payload);
  const at = token.data.iat * 1000;
  return claims === null ? { verdict: 'unproven' } : { verdict: 'certified', at, claims };
}
