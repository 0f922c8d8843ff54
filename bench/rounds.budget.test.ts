/** Rounds end by their number or by their time, and one is always played. */
import { expect, test } from '@jest/globals';
import { rounds } from './rounds.budget.js';

function played(most: number, budgetMs: number): number {
  const another = rounds(most, budgetMs);
  let count = 0;
  while (another()) count += 1;
  return count;
}

test('ends by number while there is time', () => {
  expect(played(3, 60_000)).toBe(3);
});

test('plays one whatever the time', () => {
  expect(played(3, -1)).toBe(1);
});
