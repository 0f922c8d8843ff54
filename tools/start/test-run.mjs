/**
 * Runs one suite by jest and says what came of it. Suites that wait on real clocks, sockets and
 * browsers play a file that failed once more, alone: what passes only then is told as unsteady.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './phases.mjs';
import { CACHE, inProject, readJson } from './project.mjs';
import { failedFiles, outcomeOf } from './test-results.mjs';

/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {import('./test-results.mjs').Outcome} Outcome */

export const RESULTS = join(CACHE, 'test-results');
/** More files than this are no chance that went wrong: playing them again would only cost time. */
const SECOND_CHANCES = 6;

/** @param {string} file jest's JSON @param {readonly string[]} choice which tests @returns jest's results */
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

/** @param {Suite} suite @param {import('./test-results.mjs').JestResults} first */
async function playAgain({ name, secondChance = false }, first) {
  const files = failedFiles(first);
  if (!secondChance || files.length === 0 || files.length > SECOND_CHANCES) return undefined;
  say(`\n${name}: once more, alone: ${files.length} of its files\n`);
  const choice = ['--selectProjects', name, '--runInBand', '--runTestsByPath', ...files];
  return (await runJest(join(RESULTS, `${name}-again.json`), choice)).results;
}

/** A suite that ends badly, or has files and runs no test, has failed though no test says so.
 * @param {string} suite @param {boolean} succeeded @param {Outcome} outcome @returns {Outcome} */
function ofSuite(suite, succeeded, outcome) {
  const { passed, failed, unsteady } = outcome;
  const ranNothing = passed + failed.length === 0;
  const mended = failed.length === 0 && unsteady.length > 0;
  if (failed.length > 0 || (!ranNothing && (succeeded || mended))) return outcome;
  const message = ranNothing ? 'It ran no test.' : 'Jest ended badly, and no test says why.';
  return { ...outcome, failed: [{ suite, file: '', name: '(the whole suite)', message }] };
}

/** @param {Suite} suite @param {string} [pattern] of its files' paths @returns {Promise<Outcome>} */
export async function runSuite(suite, pattern) {
  const { name, budgetS } = suite;
  const startedMs = performance.now();
  const choice = pattern === undefined ? [] : ['--testPathPatterns', pattern];
  const file = join(RESULTS, `${name}.json`);
  const { succeeded, results } = await runJest(file, ['--selectProjects', name, ...choice]);
  const first = results ?? { testResults: [] };
  const again = await playAgain(suite, first);
  const seconds = (performance.now() - startedMs) / 1000;
  const over = seconds > budgetS ? '  OVER BUDGET' : '';
  say(`\n${name}: ${seconds.toFixed(1)} s of ${budgetS} s${over}\n`);
  return ofSuite(name, succeeded, outcomeOf(name, inProject(), first, again));
}
