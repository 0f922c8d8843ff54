/**
 * What came of the suites, from jest's own JSON: counts, and a digest of what failed that fits the
 * end of a log. It reads nothing and runs nothing, and it must never drop a failure: one that its
 * second chance mended is told as unsteady, and what has no room for its message keeps its name.
 */
import { relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ suite: string, file: string, name: string, message: string }} Trouble
 * @typedef {{ passed: number, skipped: number, failed: Trouble[], unsteady: Trouble[] }} Outcome
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} JestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: JestTest[],
 *   startTime: number, endTime: number }} JestFile
 * @typedef {{ testResults: JestFile[] }} JestResults
 */

const WHOLE_FILE = '(the file could not run)';
const MESSAGE_LINES = 12;
const LINE_LETTERS = 180;
/** A frame of the test's runner says nothing, and would take the lines of our own. */
const FOREIGN_FRAME = /^\s+at .*(node_modules|node:)/;
/** The digest ends a log of which `.ci/run` shows 120 lines. */
const DIGEST_LINES = 100;

/** @param {string} suite @param {string} root @param {JestFile} file @returns {Trouble[]} */
function troublesOf(suite, root, { name: path, status, message, assertionResults }) {
  const file = relative(root, path).split(sep).join('/');
  const failed = assertionResults.filter((each) => each.status === 'failed');
  const tests = failed.map(({ fullName, failureMessages }) => {
    return { suite, file, name: fullName, message: (failureMessages ?? []).join('\n') };
  });
  const unsaid = status === 'failed' && failed.length === 0;
  return unsaid ? [{ suite, file, name: WHOLE_FILE, message }] : tests;
}

/** @param {readonly JestFile[]} files @param {(status: string) => boolean} wanted */
const countTests = (files, wanted) =>
  files.flatMap((file) => file.assertionResults).filter(({ status }) => wanted(status)).length;

/** @param {Trouble} one */
const placeOf = ({ file, name }) => (file === '' ? name : `${file} › ${name}`);

/** @param {JestResults} results the files to which a second chance may be given */
export const failedFiles = ({ testResults }) =>
  testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);

/** @param {JestResults} results what its files took, as if one had run after another */
export const secondsOf = ({ testResults }) =>
  testResults.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0);

/**
 * What a suite came to. A file that was played again counts as it did then; what had failed before
 * and passes now is unsteady.
 * @param {string} suite @param {string} root
 * @param {JestResults} first @param {JestResults} [again] the files that were played once more
 * @returns {Outcome}
 */
export function outcomeOf(suite, root, first, again = { testResults: [] }) {
  const replayed = new Map(again.testResults.map((file) => [file.name, file]));
  const files = first.testResults.map((file) => replayed.get(file.name) ?? file);
  const failed = files.flatMap((file) => troublesOf(suite, root, file));
  const still = new Set(failed.map(placeOf));
  const unsteady = first.testResults
    .filter(({ name }) => replayed.has(name))
    .flatMap((file) => troublesOf(suite, root, file))
    .filter((trouble) => !still.has(placeOf(trouble)));
  const passed = countTests(files, (status) => status === 'passed');
  const skipped = countTests(files, (status) => !['passed', 'failed'].includes(status));
  return { passed, skipped, failed, unsteady };
}

/** @param {string} message */
const linesOf = (message) =>
  stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trimEnd().slice(0, LINE_LETTERS))
    .filter((line) => line !== '' && !FOREIGN_FRAME.test(line));

/** @param {'failed' | 'unsteady'} how @param {Trouble} trouble */
function titleOf(how, trouble) {
  const first = linesOf(trouble.message)[0] ?? 'no message';
  const reason = how === 'unsteady' ? `: ${first.trim()}` : '';
  return `${how}: ${trouble.suite} › ${placeOf(trouble)}${reason}`;
}

/**
 * All titles stand; messages share the lines that are left, so that many failures are all named.
 * @param {readonly Outcome[]} outcomes @returns {string[]}
 */
export function digestOf(outcomes) {
  const troubles = [
    ...outcomes.flatMap(({ unsteady }) => unsteady.map((one) => ({ how: 'unsteady', one }))),
    ...outcomes.flatMap(({ failed }) => failed.map((one) => ({ how: 'failed', one }))),
  ];
  const told = troubles.slice(0, DIGEST_LINES / 2);
  const room = Math.floor(DIGEST_LINES / Math.max(1, told.length)) - 1;
  const lines = told.flatMap(({ how, one }) => [
    titleOf(how === 'failed' ? 'failed' : 'unsteady', one),
    ...linesOf(one.message)
      .slice(0, Math.min(room, MESSAGE_LINES))
      .map((line) => `    ${line}`),
  ]);
  const rest = troubles.length - told.length;
  return rest > 0 ? [...lines, `and ${rest} more: see .cache/test-results`] : lines;
}
