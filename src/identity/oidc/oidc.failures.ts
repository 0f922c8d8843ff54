/**
 * Every way a sign-in can fail, as one of the error table's codes. A detail names what was wrong in
 * the protocol's own words and never repeats a token, a code or a claim's value.
 */
import { type ErrorCode, Problem } from '@liaison/contract/errors';
import { errors as jose } from 'jose';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';

const CLAIM_CODES = new Map<string, ErrorCode>([
  ['iss', 'oidc_issuer_mismatch'],
  ['aud', 'oidc_audience_mismatch'],
  ['azp', 'oidc_audience_mismatch'],
  ['nonce', 'oidc_nonce_mismatch'],
  ['acr', 'oidc_acr_too_low'],
  ['exp', 'oidc_expired'],
  ['iat', 'oidc_expired'],
  ['nbf', 'oidc_expired'],
  ['auth_time', 'oidc_expired'],
  ['sub', 'oidc_claims_unusable'],
]);

export function claimProblem(claim: string, cause?: unknown): Problem {
  const code = CLAIM_CODES.get(claim) ?? 'oidc_claims_unusable';
  return new Problem(code, `claim ${claim}`, undefined, { cause });
}

export function unavailable(detail: string, cause?: unknown): Problem {
  return new Problem('oidc_provider_unavailable', detail, undefined, { cause });
}

function badSignature(detail: string, cause: unknown): Problem {
  return new Problem('oidc_signature_invalid', detail, undefined, { cause });
}

/** An error, what caused it, what caused that…: libraries wrap the interesting one. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link !== undefined && chain.length < 5; ) {
    chain.push(link);
    link = typeof link === 'object' && link !== null && 'cause' in link ? link.cause : undefined;
  }
  return chain;
}

/** The claim that a library complains about: in a field, or in its sentence about a missing one. */
function claimIn(link: unknown): string | undefined {
  if (typeof link !== 'object' || link === null) return undefined;
  if ('claim' in link && typeof link.claim === 'string') return link.claim;
  return /"(\w+)" \([^)]*\) claim missing/.exec(messageOf(link))?.[1];
}

function messageOf(link: unknown): string {
  const said = typeof link === 'object' && link !== null && 'message' in link ? link.message : '';
  return typeof said === 'string' ? said : '';
}

/** Answers of the provider that are refusals in the protocol's own terms. */
function refusalOf(error: unknown): Problem | undefined {
  if (error instanceof AuthorizationResponseError) return new Problem('oidc_denied', error.error);
  if (!(error instanceof ResponseBodyError)) return undefined;
  // A code that was used, or waited too long: the person simply signs in again.
  const code = error.error === 'invalid_grant' ? 'oidc_state_unknown' : 'oidc_denied';
  return new Problem(code, error.error, undefined, { cause: error });
}

const SIGNATURE_ERRORS = [
  jose.JWSSignatureVerificationFailed,
  jose.JWKSNoMatchingKey,
  jose.JWKSMultipleMatchingKeys,
  jose.JOSEAlgNotAllowed,
  jose.JWSInvalid,
  jose.JOSENotSupported,
];

/** What went wrong while a code was exchanged, a token read or userinfo asked for. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const refusal = refusalOf(error);
  if (refusal) return refusal;
  if (SIGNATURE_ERRORS.some((kind) => error instanceof kind)) {
    return badSignature(messageOf(error), error);
  }
  const chain = chainOf(error);
  const claim = chain.map(claimIn).find((found) => found !== undefined);
  if (claim !== undefined) return claimProblem(claim, error);
  if (chain.some((link) => /JWT "?alg"?|JWS/.test(messageOf(link)))) {
    return badSignature('alg', error);
  }
  return unavailable(messageOf(error), error);
}
