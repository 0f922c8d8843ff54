/** The patient identity as it is typed and scanned, against the published numbers of the ANS. */
import { describe, expect, test } from '@jest/globals';
import { INS_OIDS, type Patient } from '@liaison/contract/patient';
import { insShown, insState, readDatamatrix, typedIns } from './ins.reading.js';

const GS = '\u001d';
const SCAN = [
  'IS010000000000000000000000S1279035121518989S21.2.250.1.213.1.4.8',
  'S3RUTH ISABELLE',
  'S4NESSI-MAGALI',
  'S5FS618-03-1979S735121',
];

const patient = (part: Partial<Patient>): Patient => ({
  birthName: 'NESSI-MAGALI',
  usualName: '',
  givenNames: 'RUTH ISABELLE',
  sex: 'F',
  birthDate: '1979-03-18',
  birthPlace: '',
  ins: null,
  phone: '',
  address: '',
  ...part,
});

describe('the INS Datamatrix', () => {
  test.each([
    ['with its separators', SCAN.join(GS)],
    ['with separators lost on the way', SCAN.join('')],
    ['with a line end typed by the scanner', `${SCAN.join(GS)}\n`],
  ])('is read %s', (_how, text) => {
    expect(readDatamatrix(text)).toEqual({
      birthName: 'NESSI-MAGALI',
      givenNames: 'RUTH ISABELLE',
      sex: 'F',
      birthDate: '1979-03-18',
      birthPlace: '35121',
      ins: { number: '279035121518989', oid: INS_OIDS.nir },
    });
  });

  test.each(['', '279035121518989', 'IS01', SCAN.slice(0, 3).join(GS)])(
    'is not seen in %j',
    (text) => {
      expect(readDatamatrix(text)).toBeNull();
    },
  );

  test('of an unknown authority is not believed', () => {
    expect(readDatamatrix(SCAN.join(GS).replace('213.1.4.8', '213.9.9.9'))).toBeNull();
  });
});

describe('a typed INS', () => {
  const stateOf = (number: string, part: Partial<Patient> = {}) =>
    insState(patient({ ins: typedIns(number), sex: 'U', birthDate: '', ...part })).state;

  test.each(['279035121518989', '2 39 08 88 154 002 43', '781102A12500908'])('%s is right', (n) => {
    expect(stateOf(n)).toBe('right');
  });

  test.each(['253097812634581', '288091234567823', '123456789012244'])('%s is wrong', (n) => {
    expect(stateOf(n)).toBe('wrong');
  });

  test('tells how many characters stand while it is short', () => {
    const short = insState(patient({ ins: typedIns('2 79 03') }));
    expect(short).toEqual({ state: 'short', length: 5 });
  });

  test('doubts a number that does not fit sex or birth date', () => {
    expect(stateOf('279035121518989', { sex: 'F', birthDate: '1979-03-18' })).toBe('right');
    expect(stateOf('279035121518989', { sex: 'M' })).toBe('mismatch');
    expect(stateOf('279035121518989', { birthDate: '1980-03-18' })).toBe('mismatch');
  });

  test('is nothing when the field is empty', () => {
    expect(typedIns(' - ')).toBeNull();
    expect(insState(patient({})).state).toBe('none');
  });

  test('is flagged to whoever reads the letter, not only to whoever typed it', () => {
    const doubts = { wrong: 'clé fausse', mismatch: 'autre personne ?' };
    const shown = (number: string) =>
      insShown(patient({ sex: 'F', birthDate: '1979-03-18', ins: typedIns(number) }), doubts);
    expect(shown('279035121518989')).toBe('279035121518989');
    expect(shown('279035121518988')).toBe('279035121518988 · clé fausse');
    expect(shown('253097812634580')).toMatch(/·/);
    expect(insShown(patient({}), doubts)).toBe('');
  });
});
