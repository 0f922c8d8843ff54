/**
 * What the end of `npm test` says: every failure by name, and nothing hidden by a second chance.
 */
import { digestOf, failedFiles, outcomeOf, secondsOf } from './test-results.mjs';

const ROOT = '/a project';
const passed = (fullName: string) => ({ fullName, status: 'passed' });
const failed = (fullName: string, message = 'it broke') => ({
  fullName,
  status: 'failed',
  failureMessages: [message],
});

type Each = ReturnType<typeof passed> | ReturnType<typeof failed>;

function file(path: string, tests: readonly Each[], message = '') {
  const status = message !== '' || tests.some((each) => each.status === 'failed');
  return {
    name: `${ROOT}/test/${path}.test.ts`,
    status: status ? 'failed' : 'passed',
    message,
    assertionResults: [...tests],
    startTime: 1000,
    endTime: 3500,
  };
}

const results = (...testResults: ReturnType<typeof file>[]) => ({ testResults });
const ofStories = (...runs: ReturnType<typeof results>[]) => {
  const [first = results(), again] = runs;
  return outcomeOf('stories', ROOT, first, again);
};

describe('what came of a suite', () => {
  test('every failed test is named with its file and its reason, without colours', () => {
    const red = '\u001B[31mexpected 3\u001B[39m\n\n    at here\n    at x (/p/node_modules/y.js:1)';
    const outcome = ofStories(results(file('a', [passed('one'), failed('two', red)])));
    expect(outcome).toMatchObject({ passed: 1, skipped: 0, unsteady: [] });
    expect(digestOf([outcome])).toEqual([
      'failed: stories › test/a.test.ts › two',
      '    expected 3',
      '        at here',
    ]);
  });

  test('its seconds are those of its files, whoever ran beside them', () => {
    expect(secondsOf(results(file('a', [passed('one')]), file('b', [])))).toBe(5);
  });

  test('a file that could not run is a failure', () => {
    const outcome = ofStories(results(file('a', [], 'Cannot find module')));
    expect(outcome.failed).toHaveLength(1);
    expect(digestOf([outcome]).join('\n')).toContain('could not run)\n    Cannot find module');
  });

  test('so is one whose clean-up failed after all its tests passed', () => {
    expect(ofStories(results(file('a', [passed('one')], 'afterAll'))).failed).toHaveLength(1);
  });

  test('what is switched off is counted apart', () => {
    const pending = { fullName: 'two', status: 'pending' };
    expect(ofStories(results(file('a', [passed('one'), pending])))).toMatchObject({
      passed: 1,
      skipped: 1,
      failed: [],
    });
  });
});

describe('a second chance', () => {
  const first = results(file('a', [passed('one'), failed('two')]), file('b', [passed('three')]));

  test('is for the files that failed', () => {
    expect(failedFiles(first)).toEqual([`${ROOT}/test/a.test.ts`]);
  });

  test('what passes only then is counted as passed, and told', () => {
    const outcome = ofStories(first, results(file('a', [passed('one'), passed('two')])));
    expect(outcome).toMatchObject({ passed: 3, failed: [] });
    expect(digestOf([outcome])[0]).toBe('unsteady: stories › test/a.test.ts › two: it broke');
  });

  test('what fails twice has failed, once', () => {
    const outcome = ofStories(first, results(file('a', [passed('one'), failed('two')])));
    expect(outcome).toMatchObject({ passed: 2, unsteady: [] });
    expect(outcome.failed).toHaveLength(1);
  });

  test('what fails only then has failed too', () => {
    const outcome = ofStories(first, results(file('a', [failed('one'), passed('two')])));
    expect(outcome.failed.map(({ name }) => name)).toEqual(['one']);
    expect(outcome.unsteady.map(({ name }) => name)).toEqual(['two']);
  });

  test('a file that cannot even run then has failed', () => {
    const outcome = ofStories(first, results(file('a', [], 'no more memory')));
    expect(outcome.failed.map(({ name }) => name)).toEqual(['(the file could not run)']);
  });

  test('one that could not run and does then is told', () => {
    const broken = results(file('a', [], 'the port is taken'));
    const outcome = ofStories(broken, results(file('a', [passed('one')])));
    expect(outcome).toMatchObject({ passed: 1, failed: [] });
    expect(digestOf([outcome])[0]).toContain('could not run): the port is taken');
  });
});

test('however much fails, the digest is short, and says how much it leaves out', () => {
  const long = Array.from({ length: 400 }, (_, line) => `line ${line}`).join('\n');
  const tests = (count: number) =>
    Array.from({ length: count }, (_, each) => failed(`test ${each}`, long));
  for (const count of [1, 7, 40, 300]) {
    const digest = digestOf([ofStories(results(file('a', tests(count))))]);
    const named = digest.filter((line) => line.startsWith('failed: ')).length;
    expect(digest.length).toBeLessThanOrEqual(101);
    expect(named + Number(/^and (\d+) more/.exec(digest.at(-1) ?? '')?.[1] ?? 0)).toBe(count);
  }
});
