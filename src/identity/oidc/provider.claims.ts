/**
 * Who the provider says a person is: the few claims this product keeps, parsed. The link to a
 * person is the national identifier, never an e-mail address.
 */
import { Problem } from '@liaison/contract/errors';
import { NationalId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { z } from 'zod';
import { type PracticeRole, practiceRoles, ProfessionalReference } from './practice.roles.js';

const Name = z.string().trim().min(1).max(LIMITS.lineLength.value);

const RawClaims = z.object({
  sub: z.string().min(1).max(255),
  SubjectNameID: z.string().nullish(),
  preferred_username: z.string().nullish(),
  family_name: Name,
  given_name: Name.nullish().catch(null),
  SubjectRefPro: ProfessionalReference.nullish().catch(null),
});

/** Claims that must come from the ID token for the identity to be called certified. */
const CERTIFIED = ['SubjectNameID', 'family_name', 'given_name', 'SubjectRefPro'] as const;

export interface ProviderClaims {
  readonly subject: string;
  /** `8` + RPPS or `0` + ADELI. */
  readonly nationalId: NationalId;
  readonly familyName: string;
  readonly givenName: string;
  /** Empty when the provider describes no exercice; several ask which one the person acts in. */
  readonly roles: readonly PracticeRole[];
  /** All of it stood in the signed ID token, none came from userinfo alone. */
  readonly certified: boolean;
}

export type JsonClaims = Readonly<Record<string, unknown>>;

function unusable(detail: string): Problem {
  return new Problem('oidc_claims_unusable', detail);
}

/** `f:<federation>:<IDNPS>`: where the subject names the person, it must name the same one. */
function checkSubject(sub: string, nationalId: string): void {
  const named = /^f:[^:]+:(.+)$/.exec(sub)?.[1];
  if (named !== undefined && named !== nationalId) throw unusable('sub is not of SubjectNameID');
}

/** The ID token's claims win over userinfo's: they are the ones that can be proven later. */
export function providerClaims(idToken: JsonClaims, userinfo: JsonClaims = {}): ProviderClaims {
  const parsed = RawClaims.safeParse({ ...userinfo, ...idToken });
  if (!parsed.success) throw unusable(parsed.error.issues.map(({ path }) => path.join('.')).join());
  const claims = parsed.data;
  const nationalId = NationalId.safeParse(claims.SubjectNameID ?? claims.preferred_username);
  if (!nationalId.success) throw unusable('SubjectNameID');
  checkSubject(claims.sub, nationalId.data);
  return {
    subject: claims.sub,
    nationalId: nationalId.data,
    familyName: claims.family_name,
    givenName: claims.given_name ?? '',
    roles: practiceRoles(claims.SubjectRefPro ?? null),
    certified: CERTIFIED.every((name) => idToken[name] !== undefined),
  };
}
