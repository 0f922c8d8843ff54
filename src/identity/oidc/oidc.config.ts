/** What the client of the national provider must be told; platform/config fills it. */
export interface OidcConfig {
  /** Exact `iss` of every token, and where discovery starts. */
  readonly issuer: string;
  /** Only when the discovery document does not stand below the issuer. */
  readonly discoveryUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Defaults to Pro Santé Connect's `openid scope_all`. */
  readonly scope?: string;
  /** The lowest assurance accepted, and what is asked for; `eidas1` unless told otherwise. */
  readonly acrValues?: string;
  /** Between two fetches of the provider's keys; tests shorten it. */
  readonly keysPauseMs?: number;
}

export const DEFAULT_SCOPE = 'openid scope_all';
export const DEFAULT_ACR = 'eidas1';

/** Pinned: a token that names another algorithm is refused whatever its key. */
export const TOKEN_ALGORITHM = 'RS256';

/** Assurance levels from the weakest; a level that is not named here is weaker than all. */
const LEVELS = ['eidas1', 'eidas2', 'eidas3'];

export function assuranceReaches(acr: string | undefined, wanted: string): boolean {
  if (acr === undefined) return false;
  return (
    acr === wanted || (LEVELS.includes(wanted) && LEVELS.indexOf(acr) > LEVELS.indexOf(wanted))
  );
}
