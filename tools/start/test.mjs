/**
 * `npm test`: everything that says whether this checkout works, from a fresh clone. A suite whose
 * program is absent is said to be not run; a suite that has files and runs no test has failed.
 */
import { mkdirSync } from 'node:fs';
import { findProgram } from './programs.mjs';
import { install } from './install.mjs';
import { phase, say } from './phases.mjs';
import { checkNode, Plain, runProgram } from './project.mjs';
import { groupsOf, hasTests, SUITES } from './suites.mjs';
import { digestOf } from './test-results.mjs';
import { RESULTS, runGroup } from './test-run.mjs';

/** @typedef {import('./test-results.mjs').Outcome} Outcome */

/** Parts of suites need it: those tests say so themselves and are not counted. */
const OPTIONAL_PROGRAMS = ['redis-server'];

/** @param {ReadonlyMap<string, Outcome>} outcomes by suite */
function tell(outcomes) {
  say('');
  for (const [name, { passed, failed, skipped }] of outcomes) {
    const notRun = skipped > 0 ? `, ${skipped} not run` : '';
    say(`${name}: ${passed} passed, ${failed.length} failed${notRun}`);
  }
  const all = [...outcomes.values()];
  for (const line of digestOf(all)) say(line);
  const failed = all.reduce((sum, outcome) => sum + outcome.failed.length, 0);
  say(`${all.reduce((sum, { passed }) => sum + passed, 0)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** `stories` is a suite, `stories:discharge` its files whose path holds that word.
 * @param {readonly string[]} args @returns {Map<string, string | undefined>} */
function chosen(args) {
  const choice = new Map(args.map((each) => each.split(':', 2)).map(([a, b]) => [a ?? '', b]));
  const unknown = [...choice.keys()].filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Plain(`There is no suite ${unknown.join(', ')}.`);
  return choice;
}

async function main() {
  checkNode();
  const wanted = chosen(process.argv.slice(2));
  mkdirSync(RESULTS, { recursive: true });
  await phase('Dependencies', install, (remark) => remark);
  const { build } = await import('./build.mjs');
  await phase('Build', build, (remark) => remark);
  const suites = SUITES.filter(({ name }) => wanted.size === 0 || wanted.has(name));
  const missing = new Set(OPTIONAL_PROGRAMS.filter((program) => !findProgram(program)));
  const able = suites.filter(hasTests).filter(({ needs }) => {
    if (needs === undefined || findProgram(needs)) return true;
    missing.add(needs);
    return false;
  });
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  for (const group of groupsOf(able)) {
    for (const [name, outcome] of await runGroup(group, wanted)) outcomes.set(name, outcome);
  }
  for (const program of missing) say(`not run: ${program} missing`);
  return tell(outcomes);
}

await runProgram(main);
