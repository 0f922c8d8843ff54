/**
 * Reads the national patient identity (INS) as it is typed, scanned or pasted. The Datamatrix is
 * the ANS's: a header, then S1 to S7, of which the variable ones end with the GS character, which
 * some scanners and clipboards drop.
 */
import { INS_OIDS, insKeyIsRight, type Patient } from '@liaison/contract/patient';

const GS = '\\u001d?';
const DATAMATRIX = new RegExp(
  `^IS01\\d{22}S1([0-9AB]{15})${GS}S2([0-9.]+)${GS}S3(.*?)${GS}S4(.*?)${GS}` +
    `S5([MFI])${GS}S6(\\d{2})-(\\d{2})-(\\d{4})${GS}(?:S7([0-9AB]{5}))?${GS}\\s*$`,
  'u',
);
const LENGTH = 15;

type Oid = NonNullable<Patient['ins']>['oid'];

export interface ReadIdentity {
  readonly birthName: string;
  readonly givenNames: string;
  readonly sex: Patient['sex'];
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly ins: NonNullable<Patient['ins']>;
}

const SEXES: Readonly<Record<string, Patient['sex']>> = { M: 'M', F: 'F' };

const knownOid = (oid: string): Oid | undefined =>
  Object.values(INS_OIDS).find((known) => known === oid);

/** The identity in a scanned code, or null when the text is no such code. */
export function readDatamatrix(text: string): ReadIdentity | null {
  const [, number, oid, givenNames, birthName, sex, day, month, year, place] =
    DATAMATRIX.exec(text.trim()) ?? [];
  const known = knownOid(oid ?? '');
  if (number === undefined || known === undefined) return null;
  return {
    birthName: birthName ?? '',
    givenNames: givenNames ?? '',
    sex: SEXES[sex ?? ''] ?? 'U',
    birthDate: `${year ?? ''}-${month ?? ''}-${day ?? ''}`,
    birthPlace: place ?? '',
    ins: { number, oid: known },
  };
}

/** A typed number: numbers that begin with 7 or 8 are temporary ones (NIA). */
export function typedIns(text: string): Patient['ins'] {
  const number = text
    .toUpperCase()
    .replace(/[^0-9AB]/g, '')
    .slice(0, LENGTH);
  if (number === '') return null;
  return { number, oid: /^[78]/.test(number) ? INS_OIDS.nia : INS_OIDS.nir };
}

export type InsState =
  | { readonly state: 'none' | 'right' | 'wrong' | 'mismatch' }
  | { readonly state: 'short'; readonly length: number };

const SEX_DIGITS: Readonly<Record<Patient['sex'], RegExp>> = { M: /^[137]/, F: /^[248]/, U: /^/ };

/** The number's first digits say sex, year and month; a birth date that differs is a doubt. */
function fitsTraits(number: string, patient: Patient): boolean {
  if (!SEX_DIGITS[patient.sex].test(number)) return false;
  const [, century, month] = /^\d\d(\d\d)-(\d\d)/.exec(patient.birthDate) ?? [];
  if (century === undefined || month === undefined) return true;
  const knownMonth = /^(0[1-9]|1[0-2])$/.test(number.slice(3, 5));
  return number.slice(1, 3) === century && (!knownMonth || number.slice(3, 5) === month);
}

export function insState(patient: Patient): InsState {
  if (patient.ins === null) return { state: 'none' };
  const { number } = patient.ins;
  if (number.length < LENGTH) return { state: 'short', length: number.length };
  if (!insKeyIsRight(number)) return { state: 'wrong' };
  return { state: fitsTraits(number, patient) ? 'right' : 'mismatch' };
}

/** The number as a reader sees it: one that cannot be this patient's stands beside its doubt. */
export function insShown(patient: Patient, doubts: { wrong: string; mismatch: string }): string {
  const { state } = insState(patient);
  const number = patient.ins?.number ?? '';
  return state === 'wrong' || state === 'mismatch' ? `${number} · ${doubts[state]}` : number;
}
