/**
 * Patients of whom this device holds something, found again by name, birth date or INS. The search
 * never leaves the device: no server has an index of patients.
 */
import type { Patient } from '@liaison/contract/patient';
import type { HandoffView } from '@liaison/sdk/face';

/** A patient as the latest handoff of theirs says them, with all of theirs, newest first. */
export interface KnownPatient {
  readonly patient: Patient;
  readonly handoffs: readonly HandoffView[];
}

/** Fewer letters find half the ward. */
const LEAST = 2;
const MOST = 5;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Who they are: by their INS, else by name and day of birth. */
function identityOf({ ins, birthName, givenNames, birthDate }: Patient): string {
  if (ins !== null) return ins.number;
  return `${plain(birthName)}/${plain(givenNames).split(' ')[0] ?? ''}/${birthDate}`;
}

export function knownPatients(
  views: readonly HandoffView[],
  patientOf: (view: HandoffView) => Patient | null,
): KnownPatient[] {
  const known = new Map<string, { patient: Patient; handoffs: HandoffView[] }>();
  for (const view of [...views].sort((one, other) => other.sentAt - one.sentAt)) {
    const patient = view.erased === null ? patientOf(view) : null;
    if (patient === null) continue;
    const key = identityOf(patient);
    const before = known.get(key);
    if (before === undefined) known.set(key, { patient, handoffs: [view] });
    else before.handoffs.push(view);
  }
  return [...known.values()];
}

/** Each word of the query begins one of theirs: names, the INS, the date as people say it. */
export function findPatients(known: readonly KnownPatient[], query: string): KnownPatient[] {
  const wanted = plain(query).split(' ');
  if (plain(query).length < LEAST) return [];
  const found = known.filter(({ patient }) => {
    const words = wordsOf(patient);
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
  return found.slice(0, MOST);
}

function wordsOf({ birthName, usualName, givenNames, birthDate, ins }: Patient): string[] {
  const [year, month, day] = birthDate.split('-');
  const dates = [
    `${day ?? ''}${month ?? ''}${year ?? ''}`,
    year ?? '',
    `${day ?? ''}/${month ?? ''}`,
  ];
  const said = [birthName, usualName, givenNames, ...dates].map(plain);
  return [
    ...said.flatMap((one) => one.split(' ')),
    ...(ins === null ? [] : [ins.number.toLowerCase()]),
  ];
}

/** Whether that is whom the draft is about already. */
export const isSamePatient = (one: Patient, other: Patient): boolean =>
  identityOf(one) === identityOf(other);
