/** The order of the test files: what it names exists, and the longest come first. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import LongestFirst, { LONG } from './longest-first.mjs';

const root = resolve(import.meta.dirname, '../..');

test('every file that is called long is there', () => {
  expect([...LONG.keys()].filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
});

test('the longest come first, the small ones last', () => {
  const paths = ['medium/http', 'stories/first-story', 'attacks/attacks', 'browser/browser'];
  const tests = paths.map((name) => ({ path: `/anywhere/test/${name}.test.ts` }));
  expect(new LongestFirst().sort(tests)).toEqual([...tests].reverse());
});
