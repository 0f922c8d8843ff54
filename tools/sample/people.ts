/**
 * The fictional professionals of the sample, read from a file in the Annuaire Santé extract's own
 * columns. Every RPPS starts with 9997, every FINESS with 02997, every phone number is one that
 * the regulator keeps for fiction. No real person or practice may ever be added here.
 */
import { type ExtractRow, parseExtract } from './directory.extract.js';
import { readSampleFile } from './sample.files.js';

export interface SampleActivity {
  readonly professionCode: string;
  readonly professionLabel: string;
  readonly categoryCode: string;
  readonly skillTypeCode: string;
  readonly skillCode: string;
  readonly skillLabel: string;
  readonly modeCode: string;
  readonly sectorCode: string;
  readonly sectorLabel: string;
  readonly pharmacistSectionCode: string;
  readonly siret: string;
  readonly siteFiness: string;
  readonly legalFiness: string;
  readonly structureId: string;
  readonly organisationName: string;
  readonly tradeName: string;
  readonly streetNumber: string;
  readonly streetTypeCode: string;
  readonly streetName: string;
  readonly postCode: string;
  readonly communeCode: string;
  readonly commune: string;
  readonly phone: string;
  readonly email: string;
}

export interface SamplePerson {
  readonly rpps: string;
  /** IDNPS: `8` + RPPS. */
  readonly nationalId: string;
  readonly civilityCode: string;
  readonly practiceCivilityCode: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly activities: readonly SampleActivity[];
}

function practiceOf(row: ExtractRow) {
  return {
    professionCode: row('Code profession'),
    professionLabel: row('Libellé profession'),
    categoryCode: row('Code catégorie professionnelle'),
    skillTypeCode: row('Code type savoir-faire'),
    skillCode: row('Code savoir-faire'),
    skillLabel: row('Libellé savoir-faire'),
    modeCode: row('Code mode exercice'),
    sectorCode: row("Code secteur d'activité"),
    sectorLabel: row("Libellé secteur d'activité"),
    pharmacistSectionCode: row('Code section tableau pharmaciens'),
  };
}

function siteOf(row: ExtractRow) {
  return {
    siret: row('Numéro SIRET site'),
    siteFiness: row('Numéro FINESS site'),
    legalFiness: row('Numéro FINESS établissement juridique'),
    structureId: row('Identifiant technique de la structure'),
    organisationName: row('Raison sociale site'),
    tradeName: row('Enseigne commerciale site'),
    streetNumber: row('Numéro Voie (coord. structure)'),
    streetTypeCode: row('Code type de voie (coord. structure)'),
    streetName: row('Libellé Voie (coord. structure)'),
    postCode: row('Code postal (coord. structure)'),
    communeCode: row('Code commune (coord. structure)'),
    commune: row('Libellé commune (coord. structure)'),
    phone: row('Téléphone (coord. structure)'),
    email: row('Adresse e-mail (coord. structure)'),
  };
}

function personOf(rows: readonly ExtractRow[], first: ExtractRow): SamplePerson {
  return {
    rpps: first('Identifiant PP'),
    nationalId: first('Identification nationale PP'),
    civilityCode: first('Code civilité'),
    practiceCivilityCode: first("Code civilité d'exercice"),
    familyName: first("Nom d'exercice"),
    givenName: first("Prénom d'exercice"),
    activities: rows.map((row) => ({ ...practiceOf(row), ...siteOf(row) })),
  };
}

/** One person a national identifier, in the file's order, with all of their activities. */
export function parsePeople(text: string): SamplePerson[] {
  const byId = new Map<string, ExtractRow[]>();
  for (const row of parseExtract(text)) {
    const id = row('Identification nationale PP');
    byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  return [...byId.values()].flatMap((rows) => (rows[0] ? [personOf(rows, rows[0])] : []));
}

export function samplePeople(): SamplePerson[] {
  return parsePeople(readSampleFile('personnes-activites.txt'));
}
