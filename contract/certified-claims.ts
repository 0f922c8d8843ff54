/**
 * The few claims of an ID token that name a professional, and whether two tokens name the same one.
 * Both sides judge it alike (docs/protocol.md, "Continuity"). Tolerant of holes and empty strings;
 * what does not stand in the token itself is not certified and does not appear here.
 */
import { z } from 'zod';
import { NationalId } from './ids.js';
import { LIMITS } from './limits.js';

/** Who the national provider said it was, inside a token that was verified. */
export interface CertifiedClaims {
  readonly subject: string;
  readonly nationalId: NationalId;
  readonly familyName: string;
  readonly givenName: string;
  /** TRE_G15 codes, in the provider's order. */
  readonly professions: readonly string[];
  /** Other national identifiers that the provider gives for the same person. */
  readonly otherIds: readonly NationalId[];
}

const Said = z.string().trim().max(LIMITS.lineLength.value).catch('');
const many = <T extends z.ZodType>(one: T) =>
  z.array(one).max(LIMITS.oidcPractices.value).catch([]);

const Practice = z.object({ codeProfession: Said }).catch({ codeProfession: '' });
const OtherId = z
  .object({ origine: Said, identifiant: Said })
  .catch({ origine: '', identifiant: '' });

const Claims = z.object({
  sub: z.string().min(1).max(255),
  SubjectNameID: Said,
  preferred_username: Said,
  family_name: Said,
  given_name: Said,
  SubjectRole: many(Said),
  SubjectRefPro: z.object({ exercices: many(Practice) }).catch({ exercices: [] }),
  otherIds: many(OtherId),
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

/** The register's digit before its own number makes it national. */
const REGISTERS: ReadonlyMap<string, string> = new Map([
  ['RPPS', '8'],
  ['ADELI', '0'],
]);

function otherIdsOf({ otherIds }: Claims, own: NationalId): NationalId[] {
  const ids = otherIds.flatMap(({ origine, identifiant }) => {
    const digit = REGISTERS.get(origine.toUpperCase());
    const parsed = NationalId.safeParse(`${digit ?? ''}${identifiant}`);
    return digit !== undefined && parsed.success && parsed.data !== own ? [parsed.data] : [];
  });
  return [...new Set(ids)];
}

/** Null when the token names no professional: then nothing is certified. */
export function certifiedClaims(payload: unknown): CertifiedClaims | null {
  const parsed = Claims.safeParse(payload);
  const nationalId = parsed.success ? nationalIdOf(parsed.data) : null;
  if (!parsed.success || nationalId === null) return null;
  const { sub: subject, family_name: familyName, given_name: givenName } = parsed.data;
  const [professions, otherIds] = [professionsOf(parsed.data), otherIdsOf(parsed.data, nationalId)];
  return { subject, nationalId, familyName, givenName, professions, otherIds };
}

/**
 * What a later token proves about an earlier one. `proven`: the provider itself says that it is the
 * same person, by the same number or by naming the former one. `unproven`: another number under the
 * same name, which a namesake would have too. `another`: nothing ties the two together.
 */
export type Continuity = 'proven' | 'unproven' | 'another';

export function continuityOf(was: CertifiedClaims, is: CertifiedClaims): Continuity {
  if (was.nationalId === is.nationalId) return 'proven';
  if (is.otherIds.includes(was.nationalId)) return 'proven';
  return plainName(was) === plainName(is) ? 'unproven' : 'another';
}

/** Registers differ in accents, hyphens and case; those make nobody another person. */
function plainName({ familyName, givenName }: CertifiedClaims): string {
  return [givenName, familyName].map(lettersOf).join('/');
}

function lettersOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{Letter}]+/gu, '')
    .toUpperCase();
}

/** Whether nothing that people go by has changed. */
export function isSameName(was: CertifiedClaims, is: CertifiedClaims): boolean {
  const { nationalId, familyName, givenName } = was;
  return nationalId === is.nationalId && familyName === is.familyName && givenName === is.givenName;
}
