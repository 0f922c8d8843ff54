/** A clock may go back: what was learnt later than now is not believed for ever. */
import { expect, test } from '@jest/globals';
import { isFresh } from './freshness.js';

test.each([
  ['just now', 1000, 1000, 10, true],
  ['a moment ago', 1000, 1009, 10, true],
  ['too long ago', 1000, 1010, 10, false],
  ['before the clock went back', 1000, 400, 10, false],
  ['just now, where nothing is believed', 1000, 1000, 0, false],
  ['before the clock went back, where nothing is believed', 1000, 400, 0, false],
])('learnt %s', (_when, learntAt, now, maxAgeMs, fresh) => {
  expect(isFresh(learntAt, now, maxAgeMs)).toBe(fresh);
});
