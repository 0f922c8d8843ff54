/**
 * The few claims of a verified ID token that name a professional. Tolerant of holes and empty
 * strings; what does not stand in the token itself is not certified and does not appear here.
 */
import { NationalId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { z } from 'zod';
import type { CertifiedClaims } from './identity-state.js';

const Said = z.string().trim().max(LIMITS.lineLength.value).catch('');
const many = <T extends z.ZodType>(one: T) =>
  z.array(one).max(LIMITS.oidcPractices.value).catch([]);

const Practice = z.object({ codeProfession: Said }).catch({ codeProfession: '' });

const Claims = z.object({
  sub: z.string().min(1).max(255),
  SubjectNameID: Said,
  preferred_username: Said,
  family_name: Said,
  given_name: Said,
  SubjectRole: many(Said),
  SubjectRefPro: z.object({ exercices: many(Practice) }).catch({ exercices: [] }),
});
type Claims = z.infer<typeof Claims>;

/** `f:<federation>:<IDNPS>`, the last resort; where both are said they must agree. */
function nationalIdOf(claims: Claims): NationalId | null {
  const named = /^f:[^:]+:(.+)$/.exec(claims.sub)?.[1];
  const said = claims.SubjectNameID || claims.preferred_username || (named ?? '');
  if (named !== undefined && named !== said) return null;
  const parsed = NationalId.safeParse(said);
  return parsed.success ? parsed.data : null;
}

/** `10^1.2.250.1.213.1.1.5.5` says profession 10. */
function professionsOf(claims: Claims): string[] {
  const practised = claims.SubjectRefPro.exercices.map((practice) => practice.codeProfession);
  const roles = claims.SubjectRole.map((role) => role.split('^')[0] ?? '');
  const said = practised.some((code) => code !== '') ? practised : roles;
  return [...new Set(said.filter((code) => code !== ''))];
}

/** Null when the token names no professional: then nothing is certified. */
export function certifiedClaims(payload: unknown): CertifiedClaims | null {
  const parsed = Claims.safeParse(payload);
  const nationalId = parsed.success ? nationalIdOf(parsed.data) : null;
  if (!parsed.success || nationalId === null) return null;
  const { sub: subject, family_name: familyName, given_name: givenName } = parsed.data;
  return { subject, nationalId, familyName, givenName, professions: professionsOf(parsed.data) };
}
