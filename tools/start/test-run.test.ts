/** Which files are played when suites run together and one of them is narrowed by a pattern. */
import { expect, test } from '@jest/globals';
import { choiceOf } from './test-run.mjs';

const suite = (name: string) => ({ name, folders: [`test/${name}`], budgetS: 1, together: true });
const GROUP = [suite('medium'), suite('stories')];

function played(pattern: string, path: string): boolean {
  const choice = choiceOf(GROUP, new Map([['stories', pattern]]));
  const paths = choice.slice(choice.indexOf('--testPathPatterns') + 1);
  return paths.some((one) => new RegExp(one, 'i').test(path));
}

test('a pattern narrows its own suite, from the first letter of a file’s name if it says so', () => {
  for (const pattern of ['/(first-story|discharge)\\.test', 'first']) {
    expect(played(pattern, '/clone/test/stories/first-story.test.ts')).toBe(true);
    expect(played(pattern, '/clone/test/stories/deeper/first-story.test.ts')).toBe(true);
    expect(played(pattern, '/clone/test/stories/kill.test.ts')).toBe(false);
    expect(played(pattern, '/clone/test/medium/kill.test.ts')).toBe(true);
    expect(played(pattern, '/clone/test/browser/first-story.test.ts')).toBe(false);
  }
  expect(played('/first', '/clone/test/stories/not-first.test.ts')).toBe(false);
});
