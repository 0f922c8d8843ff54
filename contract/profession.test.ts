/** Whoever practises is named by a number of the national tables, today's or tomorrow's. */
import { expect, test } from '@jest/globals';
import { FunctionName, InvitedFunction, Profession } from './profession.js';

test('takes numbers of the national tables, those of tomorrow among them, and functions', () => {
  for (const said of ['10', '92', '95', '41', '210', 'coordinator', 'hospital-it', 'locum']) {
    expect(Profession.parse(said)).toBe(said);
  }
});

test('takes nothing that could be read as words or as another number', () => {
  const wrong = [
    '',
    '0',
    '01',
    '1234',
    'Médecin',
    'Doctor',
    'a',
    'dr petit',
    '-',
    'x-y',
    'a'.repeat(21),
  ];
  for (const said of wrong) expect(Profession.safeParse(said).success).toBe(false);
});

test('nobody is invited as a national profession, which only the provider certifies', () => {
  expect(FunctionName.safeParse('10').success).toBe(false);
  expect(InvitedFunction.safeParse('service').success).toBe(false);
});
