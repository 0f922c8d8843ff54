/** Patients found again on the device: accents, dates and numbers as people type them. */
import { expect, test } from '@jest/globals';
import type { Patient } from '@liaison/contract/patient';
import type { HandoffView } from '@liaison/sdk/face';
import { findPatients, isSamePatient, knownPatients } from './patient.search.js';

const patient = (more: Partial<Patient>): Patient => ({
  birthName: 'LEFÈVRE',
  usualName: 'Durand',
  givenNames: 'Hélène Marie',
  sex: 'F',
  birthDate: '1940-05-12',
  birthPlace: '',
  ins: null,
  phone: '',
  address: '',
  ...more,
});

const view = (id: string, sentAt: number, of: Patient, erased = false): HandoffView => {
  const letter = { state: 'open', value: { patient: of } };
  const gone = erased ? { at: sentAt } : null;
  return {
    id,
    sentAt,
    letter,
    asked: { state: 'waiting' },
    erased: gone,
  } as unknown as HandoffView;
};

/** As handoff.reading.ts, which stands on the screens' words. */
const patientOf = ({ letter }: HandoffView): Patient | null =>
  letter.state === 'open' ? letter.value.patient : null;

const helene = patient({});
const known = knownPatients(
  [
    view('old', 1, patient({ phone: '01' })),
    view('new', 3, patient({ phone: '02' })),
    view('other', 2, patient({ birthDate: '1951-01-01', givenNames: 'Paul' })),
    view('gone', 4, patient({ birthName: 'Vandenbroucke' }), true),
  ],
  patientOf,
);

const idsFor = (query: string) => findPatients(known, query).map(({ handoffs }) => handoffs[0]?.id);

test('each is known once, as their latest handoff says them, and an erased one not at all', () => {
  expect(known.map(({ handoffs }) => handoffs.map(({ id }) => id))).toEqual([
    ['new', 'old'],
    ['other'],
  ]);
  expect(known[0]?.patient.phone).toBe('02');
});

test.each([
  ['lefevre', ['new', 'other']],
  ['Héle', ['new']],
  ['durand helene', ['new']],
  ['DURAND 12/05', ['new']],
  ['lefevre 1951', ['other']],
  ['12051940', ['new']],
  ['vandenbroucke', []],
  ['l', []],
  ['  ', []],
  ['fevre', []],
])('«%s» finds %j', (query, expected) => {
  expect(idsFor(query)).toEqual(expected);
});

test('an INS says who somebody is, whatever the name is by now', () => {
  const ins = { number: '279035121518989', oid: '1.2.250.1.213.1.4.8' } as const;
  const before = patient({ ins });
  const married = patient({ ins, birthName: 'Autre' });
  expect(isSamePatient(before, married)).toBe(true);
  expect(isSamePatient(helene, before)).toBe(false);
  const numbered = knownPatients([view('a', 1, before), view('b', 2, married)], patientOf);
  expect(numbered).toHaveLength(1);
  expect(findPatients(numbered, '2790351')).toHaveLength(1);
});
