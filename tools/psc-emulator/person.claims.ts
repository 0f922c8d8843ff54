/**
 * A fictional person as Pro Santé Connect would describe them: its claim names, its nesting, its
 * empty strings. Nothing here is invented beyond the sample's own columns.
 */
import type { SampleActivity, SamplePerson } from '../sample/people.js';

/** The provider's user federation, the middle of `sub`; this one is the emulator's own. */
const FEDERATION = '99970000-0000-4000-8000-000000009997';
const PROFESSION_OID = '1.2.250.1.213.1.1.5.5';
const SECTOR_OID = '1.2.250.1.71.4.2.4';

export interface EmulatedPerson extends SamplePerson {
  /** Whether userinfo answers a signed JWT instead of JSON. */
  readonly signedUserinfo: boolean;
  /** Some real records carry no `activities` at all. */
  readonly withoutActivities: boolean;
  /** What the chooser calls them by: their number, unless one number has several names. */
  readonly key: string;
  /** Numbers of other registers that the provider knows to be the same person's. */
  readonly otherIds: readonly { readonly origine: string; readonly identifiant: string }[];
}

export function subjectOf(person: SamplePerson): string {
  return `f:${FEDERATION}:${person.nationalId}`;
}

function placeClaims(activity: SampleActivity) {
  return {
    numeroVoie: activity.streetNumber,
    indiceRepetitionVoie: '',
    codeTypeDeVoie: activity.streetTypeCode,
    libelleVoie: activity.streetName,
    mentionDistribution: '',
    bureauCedex: `${activity.postCode} ${activity.commune}`,
    codePostal: activity.postCode,
    codeCommune: activity.communeCode,
    codePays: '99000',
    telephone: activity.phone,
    telephone2: '',
    telecopie: '',
    adresseEMail: activity.email,
    codeDepartement: '',
  };
}

function activityClaims(activity: SampleActivity) {
  return {
    codeModeExercice: activity.modeCode,
    codeSecteurDactivite: activity.sectorCode,
    codeSectionPharmacien: activity.pharmacistSectionCode,
    codeRole: '',
    numeroSiretSite: activity.siret,
    numeroSirenSite: '',
    numeroFinessSite: activity.siteFiness,
    numeroFinessetablissementJuridique: activity.legalFiness,
    identifiantTechniqueDeLaStructure: activity.structureId,
    raisonSocialeSite: activity.organisationName,
    enseigneCommercialeSite: activity.tradeName,
    complementDestinataire: '',
    complementPointGeographique: '',
    ...placeClaims(activity),
    ancienIdentifiantDeLaStructure: '',
    autoriteDenregistrement: '',
  };
}

function practiceClaims(person: EmulatedPerson, activities: readonly SampleActivity[]) {
  const first = activities[0];
  return {
    codeProfession: first?.professionCode ?? '',
    codeCategorieProfessionnelle: first?.categoryCode ?? '',
    codeCiviliteDexercice: person.practiceCivilityCode,
    nomDexercice: person.familyName,
    prenomDexercice: person.givenName,
    codeTypeSavoirFaire: first?.skillTypeCode ?? '',
    codeSavoirFaire: first?.skillCode ?? '',
    ...(person.withoutActivities ? {} : { activities: activities.map(activityClaims) }),
  };
}

/** An exercice is a profession with its know-how; a person's activities hang below it. */
function practicesOf(person: EmulatedPerson) {
  const groups = new Map<string, SampleActivity[]>();
  for (const activity of person.activities) {
    const practice = `${activity.professionCode}/${activity.skillCode}`;
    groups.set(practice, [...(groups.get(practice) ?? []), activity]);
  }
  return [...groups.values()].map((activities) => practiceClaims(person, activities));
}

/** Every claim of `scope_all`, and `sub`. */
export function claimsOf(person: EmulatedPerson): Record<string, unknown> {
  const main = person.activities[0];
  return {
    sub: subjectOf(person),
    SubjectNameID: person.nationalId,
    preferred_username: person.nationalId,
    given_name: person.givenName,
    family_name: person.familyName,
    email_verified: false,
    Secteur_Activite: main ? `${main.sectorCode}^${SECTOR_OID}` : '',
    SubjectOrganization: main?.organisationName ?? '',
    SubjectOrganizationID: main?.siteFiness ? `1${main.siteFiness}` : '',
    Mode_Acces_Raison: '',
    Acces_Regulation_Medicale: 'FAUX',
    SubjectRole: [
      ...new Set(person.activities.map((a) => `${a.professionCode}^${PROFESSION_OID}`)),
    ],
    SubjectRefPro: { codeCivilite: person.civilityCode, exercices: practicesOf(person) },
    otherIds: person.otherIds.map((id) => ({ ...id, qualite: 1 })),
  };
}

export const PSC_CLAIMS = [
  'SubjectNameID',
  'preferred_username',
  'given_name',
  'family_name',
  'email_verified',
  'Secteur_Activite',
  'SubjectOrganization',
  'SubjectOrganizationID',
  'Mode_Acces_Raison',
  'Acces_Regulation_Medicale',
  'SubjectRole',
  'SubjectRefPro',
  'otherIds',
] as const;
