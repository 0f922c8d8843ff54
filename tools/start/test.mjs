/**
 * `npm test`: everything that says whether this checkout works, from a fresh clone. A suite whose
 * program is absent is said to be not run; a suite that has files and runs no test has failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './programs.mjs';
import { install } from './install.mjs';
import { phase, say } from './phases.mjs';
import { CACHE, checkNode, inProject, readJson, runProgram } from './project.mjs';
import { hasTests, SUITES } from './suites.mjs';

/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {{ name: string, passed: number, failed: number, skipped: number }} Count */

const RESULTS = join(CACHE, 'test-results');
/** Parts of suites need it: those tests say so themselves and are not counted. */
const OPTIONAL_PROGRAMS = ['redis-server'];

/** @param {string} suite @param {string} file */
async function runJest(suite, file) {
  rmSync(file, { force: true });
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    inProject('node_modules/jest/bin/jest.js'),
    ...['--selectProjects', suite, '--passWithNoTests', '--json', `--outputFile=${file}`],
    // What a suite left open ends with it: a forgotten timer must not cost the run its time.
    '--forceExit',
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
  return code === 0;
}

/** @param {string} name @param {string} file @param {boolean} succeeded @returns {Count} */
function count(name, file, succeeded) {
  const result = readJson(file);
  const passed = result?.numPassedTests ?? 0;
  const skipped = result?.numPendingTests ?? 0;
  // A file that could not even be loaded holds no test, and is a failure all the same.
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  const ranNothing = passed + failed === 0;
  const failedAnyway = failed === 0 && (!succeeded || ranNothing);
  return { name, passed, skipped, failed: failedAnyway ? 1 : failed };
}

/** @param {Suite} suite @returns {Promise<Count>} */
async function runSuite({ name, budgetS }) {
  const file = join(RESULTS, `${name}.json`);
  const startedMs = performance.now();
  const succeeded = await runJest(name, file);
  const seconds = (performance.now() - startedMs) / 1000;
  const over = seconds > budgetS ? '  OVER BUDGET' : '';
  say(`\n${name}: ${seconds.toFixed(1)} s of ${budgetS} s${over}\n`);
  return count(name, file, succeeded);
}

/** @param {readonly Count[]} counts */
function tellCounts(counts) {
  say('');
  for (const { name, passed, failed, skipped } of counts) {
    say(`${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} not run` : ''}`);
  }
  const total = (/** @type {'passed' | 'failed'} */ key) =>
    counts.reduce((sum, counted) => sum + counted[key], 0);
  say(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 ? 0 : 1;
}

async function main() {
  checkNode();
  mkdirSync(RESULTS, { recursive: true });
  await phase('Dependencies', install, (remark) => remark);
  const { build } = await import('./build.mjs');
  await phase('Build', build, (remark) => remark);
  const wanted = process.argv.slice(2);
  const suites = SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const missing = new Set(OPTIONAL_PROGRAMS.filter((program) => !findProgram(program)));
  const counts = [];
  for (const suite of suites.filter(hasTests)) {
    if (suite.needs === undefined || findProgram(suite.needs)) counts.push(await runSuite(suite));
    else missing.add(suite.needs);
  }
  for (const program of missing) say(`not run: ${program} missing`);
  return tellCounts(counts);
}

await runProgram(main);
