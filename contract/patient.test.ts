/** INS keys as published by the field, and the six rubrics of the discharge letter. */
import { describe, expect, test } from '@jest/globals';
import { RUBRICS } from './handoff.lists.js';
import { DischargeLetter, missingRubrics } from './letter.js';
import { insKeyIsRight, Patient } from './patient.js';

describe('the key of an INS number', () => {
  test.each([
    '279035121518989',
    '239088815400243',
    '277010115400329',
    '185057512345673',
    '781102A12500908',
  ])('%s is right', (number) => {
    expect(insKeyIsRight(number)).toBe(true);
  });

  test.each([
    '253097812634581',
    '288091234567823',
    '123456789012244',
    '279035121518988',
    '27903512151898',
    '2790351215189890',
    '781102a12500908',
    '781102C12500908',
    '',
  ])('%s is wrong', (number) => {
    expect(insKeyIsRight(number)).toBe(false);
  });
});

const patient = Patient.parse({
  birthName: 'ROUX',
  usualName: '',
  givenNames: 'Odette',
  sex: 'F',
  birthDate: '1946-02-03',
  birthPlace: '2A004',
  ins: { number: '279035121518989', oid: '1.2.250.1.213.1.4.8' },
  phone: '',
  address: '',
});

const complete = DischargeLetter.parse({
  patient,
  attendingPhysician: 'Dr Petit',
  referrer: '',
  hospitalDoctor: 'Dr Blanc',
  admittedOn: '2026-11-02',
  dischargedOn: '2026-11-20',
  destination: 'domicile',
  reason: 'Chute.',
  synthesis: 'Pas de BMR. Pas de transfusion.',
  treatments: [
    { name: 'A', posology: '', duration: '', status: 'stopped', why: 'saignement' },
    { name: 'B', posology: '1/j', duration: '7 j', status: 'started', why: '' },
  ],
  treatmentsNote: '',
  pendingResults: 'Aucun.',
  followUp: 'Pansement.',
  attachments: [],
});

describe('the discharge letter', () => {
  test('is complete with its six rubrics', () => {
    expect(missingRubrics(complete)).toEqual([]);
  });

  test('names what is empty, in the legal order', () => {
    const empty = {
      ...complete,
      hospitalDoctor: ' ',
      reason: '',
      synthesis: '\n',
      treatments: [],
      pendingResults: '',
      followUp: '',
    };
    expect(missingRubrics(empty)).toEqual(RUBRICS);
  });

  test('asks why a treatment was stopped or changed', () => {
    const [stopped, started] = complete.treatments as [
      DischargeLetter['treatments'][0],
      DischargeLetter['treatments'][0],
    ];
    const silent = { ...complete, treatments: [{ ...stopped, why: '' }, started] };
    expect(missingRubrics(silent)).toEqual(['treatments']);
    expect(missingRubrics({ ...complete, treatments: [started] })).toEqual([]);
    const none = { ...complete, treatments: [], treatmentsNote: 'inchangé' };
    expect(missingRubrics(none)).toEqual([]);
  });

  test('takes neither unknown fields nor impossible dates', () => {
    expect(DischargeLetter.safeParse({ ...complete, more: 1 }).success).toBe(false);
    expect(DischargeLetter.safeParse({ ...complete, admittedOn: '2026-02-30' }).success).toBe(
      false,
    );
    expect(Patient.safeParse({ ...patient, birthDate: '' }).success).toBe(false);
  });
});
