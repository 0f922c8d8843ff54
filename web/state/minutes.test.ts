/** A time of day is read as people write it, and written in one way. */
import { expect, test } from '@jest/globals';
import { readMinute, writtenMinute } from './minutes.js';

test.each([
  ['08:00', 480],
  ['8h30', 510],
  ['8 h 30', 510],
  ['19 h', 1140],
  ['19', 1140],
  ['23.59', 1439],
  ['00:00', 0],
])('%s is read', (text, minute) => {
  expect(readMinute(text)).toBe(minute);
});

test.each(['', '24:00', '12:60', 'midi', '8:3', '08:00 PM'])('“%s” is no whole time', (text) => {
  expect(readMinute(text)).toBe(null);
});

test('what is written is read back', () => {
  for (let minute = 0; minute < 1440; minute++) {
    expect(readMinute(writtenMinute(minute))).toBe(minute);
  }
});
