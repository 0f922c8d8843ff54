/**
 * Runs suites by jest and says what came of each. Suites that wait on real clocks, sockets and
 * browsers run together, so that the work of one fills the waiting of another; a file of theirs
 * that failed is played once more, alone, and what passes only then is told as unsteady.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { say } from './phases.mjs';
import { CACHE, inProject, readJson } from './project.mjs';
import { failedFiles, outcomeOf, secondsOf } from './test-results.mjs';

/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {import('./test-results.mjs').JestResults} JestResults */
/** @typedef {import('./test-results.mjs').Outcome} Outcome */
/** @typedef {ReadonlyMap<string, string | undefined>} Patterns of files' paths, by suite */

export const RESULTS = join(CACHE, 'test-results');
/** More files than this are no chance that went wrong: playing them again would only cost time. */
const SECOND_CHANCES = 6;
/** One more than the cores: in about a third of their time these files wait. */
const TOGETHER = Math.max(3, Math.floor(availableParallelism() / 2));

/** @param {string} file jest's JSON @param {readonly string[]} choice which tests */
async function runJest(file, choice) {
  rmSync(file, { force: true });
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    inProject('node_modules/jest/bin/jest.js'),
    ...['--passWithNoTests', '--json', `--outputFile=${file}`],
    // What a suite left open ends with it: a forgotten timer must not cost the run its time.
    '--forceExit',
    ...choice,
  ];
  // The JSON goes to the file as well as to standard output, where nobody needs it.
  const child = spawn(process.execPath, args, {
    cwd: inProject(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => child.kill('SIGTERM');
  process.once('SIGTERM', stop);
  const [code] = await once(child, 'close');
  process.off('SIGTERM', stop);
  return { succeeded: code === 0, results: readJson(file) };
}

/** Whose file it is, among suites that run together. @param {string} name @param {string} path */
const isOf = (name, path) => path.startsWith(inProject('test', name) + sep);

/**
 * What jest is told to play. A pattern may begin with the slash that ends its suite's folder.
 * @param {readonly Suite[]} group @param {Patterns} patterns @returns {string[]}
 */
export function choiceOf(group, patterns) {
  const projects = ['--selectProjects', ...group.map(({ name }) => name)];
  const [only] = group;
  if (only !== undefined && group.length === 1) {
    const pattern = patterns.get(only.name);
    return pattern === undefined ? projects : [...projects, '--testPathPatterns', pattern];
  }
  const paths = group.map(({ name }) => `test/${name}(?=/).*(?:${patterns.get(name) ?? ''})`);
  return [...projects, `--maxWorkers=${TOGETHER}`, '--testPathPatterns', ...paths];
}

/**
 * @param {readonly Suite[]} group @param {JestResults} first
 * @returns {Promise<JestResults | undefined>}
 */
async function playAgain(group, first) {
  const files = failedFiles(first);
  const isAllowed = group.every(({ together }) => together === true);
  if (!isAllowed || files.length === 0 || files.length > SECOND_CHANCES) return undefined;
  say(`\nonce more, alone: ${files.length} of the files\n`);
  const projects = ['--selectProjects', ...group.map(({ name }) => name)];
  const choice = [...projects, '--runInBand', '--runTestsByPath', ...files];
  return (await runJest(join(RESULTS, 'again.json'), choice)).results;
}

/** @param {string} suite @param {string} message @param {Outcome} outcome @returns {Outcome} */
const failedAsWhole = (suite, message, outcome) => ({
  ...outcome,
  failed: [{ suite, file: '', name: '(the whole suite)', message }],
});

/**
 * A suite that has files and runs no test has failed; a run that ends badly has, though no test
 * says so.
 * @param {Map<string, Outcome>} outcomes @param {boolean} succeeded
 */
function withUnsaid(outcomes, succeeded) {
  for (const [name, outcome] of outcomes) {
    const ranNothing = outcome.passed + outcome.failed.length === 0;
    if (ranNothing) outcomes.set(name, failedAsWhole(name, 'It ran no test.', outcome));
  }
  const all = [...outcomes.entries()];
  const [last] = all.slice(-1);
  const isSaid = all.some(([, { failed, unsteady }]) => failed.length + unsteady.length > 0);
  if (succeeded || isSaid || last === undefined) return outcomes;
  const [name, outcome] = last;
  return outcomes.set(name, failedAsWhole(name, 'Jest ended badly; no test says why.', outcome));
}

/** @param {readonly Suite[]} group @param {number} startedMs */
function tellTime(group, startedMs) {
  const budgetS = group.reduce((sum, suite) => sum + suite.budgetS, 0);
  const seconds = (performance.now() - startedMs) / 1000;
  const over = seconds > budgetS ? '  OVER BUDGET' : '';
  const names = group.map(({ name }) => name).join(', ');
  say(`\n${names}: ${seconds.toFixed(1)} s of ${budgetS} s${over}\n`);
}

/**
 * Runs suites of one group at the same time.
 * @param {readonly Suite[]} group @param {Patterns} patterns
 * @returns {Promise<Map<string, Outcome>>}
 */
export async function runGroup(group, patterns) {
  const startedMs = performance.now();
  const file = join(RESULTS, `${group.map(({ name }) => name).join('-')}.json`);
  const { succeeded, results } = await runJest(file, choiceOf(group, patterns));
  /** @type {JestResults} */
  const first = results ?? { testResults: [] };
  const again = await playAgain(group, first);
  tellTime(group, startedMs);
  const outcomes = new Map();
  for (const { name } of group) {
    /** @param {JestResults} [from] @returns {JestResults} */
    const own = (from) => ({
      testResults: (from?.testResults ?? []).filter((one) =>
        group.length === 1 ? true : isOf(name, one.name),
      ),
    });
    outcomes.set(name, outcomeOf(name, inProject(), own(first), own(again)));
    if (group.length > 1) say(`${name}: ${secondsOf(own(first)).toFixed(0)} s, file by file`);
  }
  return withUnsaid(outcomes, succeeded);
}
