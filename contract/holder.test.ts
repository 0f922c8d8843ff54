/** Who answers for a team, when several words were said of it. */
import { expect, test } from '@jest/globals';
import { accountableHolder, HOLDER_KINDS, type Holding, shiftsFrom } from './holder.js';
import type { PersonId } from './ids.js';

const [ann, bob] = ['ann', 'bob'] as PersonId[];
const held = (person: PersonId | undefined, from: number, until: number): Holding => {
  return { person: person ?? null, from, until };
};

test('nobody said anything: the whole team', () => {
  expect(accountableHolder([], 5)).toBeNull();
  expect(shiftsFrom([], 5)).toEqual([]);
});

test('a hand-over within a shift counts while it lasts, and the shift goes on after it', () => {
  const declared = [held(ann, 0, 100), held(bob, 40, 60)];
  expect([39, 40, 59, 60, 99, 100].map((at) => accountableHolder(declared, at))).toEqual([
    ...[ann, bob, bob, ann, ann, null],
  ]);
  expect(shiftsFrom(declared, 10)).toEqual([
    held(ann, 10, 40),
    held(bob, 40, 60),
    held(ann, 60, 100),
  ]);
});

test('a shift that is given back ends there; a later one stands', () => {
  const declared = [held(ann, 0, 100), held(bob, 120, 140), held(undefined, 30, 100)];
  expect(accountableHolder(declared, 30)).toBeNull();
  expect(shiftsFrom(declared, 0)).toEqual([held(ann, 0, 30), held(bob, 120, 140)]);
});

test('two words of one person that touch are one shift', () => {
  expect(shiftsFrom([held(ann, 0, 50), held(ann, 40, 90)], 5)).toEqual([held(ann, 5, 90)]);
});

test('a time that ends before it begins is no declaration', () => {
  const { facts } = HOLDER_KINDS['holder.declared'];
  const person = 'A'.repeat(43);
  expect(facts.safeParse({ person, from: 5, until: 5 }).success).toBe(false);
  expect(facts.safeParse({ person, from: 5, until: 6 }).success).toBe(true);
  expect(facts.safeParse({ person: null, from: 5, until: 6 }).success).toBe(true);
});
