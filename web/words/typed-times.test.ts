/** Days and hours are read as people type them, in whichever language the browser is. */
import { describe, expect, test } from '@jest/globals';
import { readDay, readInstant, writtenDay, writtenInstant } from './typed-times.js';

const PRESENT = new Date(2026, 10, 26, 9, 0).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

describe('a typed day', () => {
  test.each([
    ['16/11/2026', '2026-11-16'],
    ['16.11.2026', '2026-11-16'],
    ['1/3/1950', '1950-03-01'],
    ['16112026', '2026-11-16'],
    ['160550', '1950-05-16'],
    ['16/11', '2026-11-16'],
    ['2026-11-16', '2026-11-16'],
    ['29/02/2028', '2028-02-29'],
  ])('%s is %s', (typed, iso) => {
    expect(readDay(typed, PRESENT)).toBe(iso);
  });

  test.each(['29/02/2026', '31/11/2026', '11/16/2026', 'lundi', '16', ''])(
    '%s is none',
    (typed) => {
      expect(readDay(typed, PRESENT)).toBeNull();
    },
  );

  test('is written as it is read', () => {
    expect(writtenDay('2026-11-16')).toBe('16/11/2026');
    expect(writtenDay('')).toBe('');
  });
});

describe('a typed instant', () => {
  test.each([
    ['16/12/2026 18:00', at(2026, 11, 16, 18, 0)],
    ['16/12 à 18h', at(2026, 11, 16, 18, 0)],
    ['demain 9 h', at(2026, 10, 27, 9, 0)],
    ['aujourd’hui 18 h', at(2026, 10, 26, 18, 0)],
    ['18h30', at(2026, 10, 26, 18, 30)],
    ['tomorrow 9:15', at(2026, 10, 27, 9, 15)],
  ])('%s', (typed, instant) => {
    expect(readInstant(typed, PRESENT)).toBe(instant);
    expect(readInstant(writtenInstant(instant), PRESENT)).toBe(instant);
  });

  test.each(['25h', '18:75', 'demain', '31/11 9h', 'bientôt'])('%s is none', (typed) => {
    expect(readInstant(typed, PRESENT)).toBeNull();
  });
});
