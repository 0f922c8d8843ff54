/**
 * Every state that the tables of handoffs and items can reach, walked whole: for each kind, with
 * two teams and a third asked, and for a plan of three items and three owners, through answers,
 * leaving, time and crashes. Then each guard is taken out of the very data that the server runs,
 * and the walk must find the promise that it kept.
 */
import { describe, expect, test } from '@jest/globals';
import { HANDOFF_KIND_TABLE } from '@liaison/contract/handoff-kinds';
import { HANDOFF_KIND_NAMES } from '@liaison/contract/handoff.lists';
import { TASK_LAWS } from '@liaison/contract/task-steps';
import { guardedSteps, handoffModel, withoutGuard } from './handoff.model.js';
import { GUARDED_TASK_STEPS, planModel, withoutTaskGuard } from './plan.model.js';
import { explore, type Walk } from './walk.js';

const print = (name: string, { states, steps }: Walk): void => {
  process.stdout.write(`explored ${name}: ${states} states, ${steps} steps tried\n`);
};

describe.each(HANDOFF_KIND_NAMES)('a handoff of kind %s', (kind) => {
  test('keeps its promises in every state that it can reach', () => {
    const walk = explore(handoffModel(kind, HANDOFF_KIND_TABLE));
    print(kind, walk);
    expect(walk.broken).toBeNull();
    expect(walk.states).toBeGreaterThan(100);
  });

  test.each(guardedSteps(kind))('needs %s guarded by %s', (step, guard) => {
    const walk = explore(handoffModel(kind, withoutGuard(kind, step, guard)));
    expect(walk.broken).not.toBeNull();
  });
});

describe('a plan', () => {
  test.each([
    ['one item, planned by anybody,', 1, 100],
    ['three items and three owners', 3, 1000],
  ])(
    'of %s is never silent, and one answers for each',
    (name, count, atLeast) => {
      const walk = explore(planModel(TASK_LAWS, count));
      print(`a plan of ${name}`, walk);
      expect(walk.broken).toBeNull();
      expect(walk.states).toBeGreaterThan(atLeast);
    },
    180_000,
  );

  test.each(GUARDED_TASK_STEPS)('needs %s guarded by %s', (step, guard) => {
    expect(explore(planModel(withoutTaskGuard(step, guard), 1)).broken).not.toBeNull();
  });
});
