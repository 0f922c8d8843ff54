/**
 * The roles a professional may act in, read from `SubjectRefPro`: one an activity, or one an
 * exercice when the provider gives no activities. Tolerant on purpose: the provider's records have
 * holes, empty strings and fields that come and go. What is not named here is not kept.
 */
import { LIMITS } from '@liaison/contract/limits';
import { z } from 'zod';

/** Absent, empty, overlong or of another type: all read as "not said". */
const Said = z
  .string()
  .trim()
  .max(LIMITS.lineLength.value)
  .transform((text) => (text === '' ? null : text))
  .nullish()
  .transform((text) => text ?? null)
  .catch(null);

const Activity = z.object({
  codeModeExercice: Said,
  codeSecteurDactivite: Said,
  numeroSiretSite: Said,
  numeroFinessSite: Said,
  numeroFinessetablissementJuridique: Said,
  identifiantTechniqueDeLaStructure: Said,
  raisonSocialeSite: Said,
  enseigneCommercialeSite: Said,
  codePostal: Said,
  codeCommune: Said,
});
type Activity = z.infer<typeof Activity>;

const Practice = z.object({
  codeProfession: Said,
  codeCategorieProfessionnelle: Said,
  codeTypeSavoirFaire: Said,
  codeSavoirFaire: Said,
  activities: z.array(Activity).max(LIMITS.oidcPractices.value).nullish(),
});
type Practice = z.infer<typeof Practice>;

export const ProfessionalReference = z.object({
  exercices: z.array(Practice).max(LIMITS.oidcPractices.value).nullish(),
});
export type ProfessionalReference = z.infer<typeof ProfessionalReference>;

export interface PracticeRole {
  /** Names the role among the person's own; the same at every sign-in while the record is. */
  readonly key: string;
  /** TRE_G15: 10 physician, 21 pharmacist, 60 nurse… */
  readonly professionCode: string;
  readonly categoryCode: string | null;
  readonly skillTypeCode: string | null;
  readonly skillCode: string | null;
  /** L independent, S employed, B volunteer. */
  readonly modeCode: string | null;
  readonly sectorCode: string | null;
  readonly siteFiness: string | null;
  readonly legalFiness: string | null;
  readonly siret: string | null;
  readonly structureId: string | null;
  readonly organisationName: string | null;
  readonly postCode: string | null;
  readonly communeCode: string | null;
}

const NOWHERE: Activity = Activity.parse({});

function roleOf(practice: Practice, professionCode: string, activity: Activity): PracticeRole {
  const place = activity.numeroFinessSite ?? activity.identifiantTechniqueDeLaStructure;
  const parts = [professionCode, practice.codeSavoirFaire, activity.codeModeExercice, place];
  return {
    key: parts.map((part) => part ?? '').join('.'),
    professionCode,
    categoryCode: practice.codeCategorieProfessionnelle,
    skillTypeCode: practice.codeTypeSavoirFaire,
    skillCode: practice.codeSavoirFaire,
    modeCode: activity.codeModeExercice,
    sectorCode: activity.codeSecteurDactivite,
    siteFiness: activity.numeroFinessSite,
    legalFiness: activity.numeroFinessetablissementJuridique,
    siret: activity.numeroSiretSite,
    structureId: activity.identifiantTechniqueDeLaStructure,
    organisationName: activity.enseigneCommercialeSite ?? activity.raisonSocialeSite,
    postCode: activity.codePostal,
    communeCode: activity.codeCommune,
  };
}

function rolesOfPractice(practice: Practice): PracticeRole[] {
  const { codeProfession, activities } = practice;
  if (codeProfession === null) return [];
  const places = activities?.length ? activities : [NOWHERE];
  return places.map((activity) => roleOf(practice, codeProfession, activity));
}

/** In the provider's order, each role once. */
export function practiceRoles(reference: ProfessionalReference | null): PracticeRole[] {
  const roles = (reference?.exercices ?? []).flatMap(rolesOfPractice);
  return [...new Map(roles.map((role) => [role.key, role])).values()];
}
