/**
 * `npm run test:attacks`: runs every attack and prints what each client showed, then the count.
 * With `--mutate` it then takes out the client's checks one by one (mutants.share.ts): a check that
 * can go unnoticed is a survivor, or has no attack where it accuses nobody in any of them. What an
 * earlier run killed stays killed while its file is the same, but with `--fresh`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const MUTANT = ['--config', join(import.meta.dirname, 'mutant.config.mjs'), '--rootDir', ROOT];
const require = createRequire(import.meta.url);
const { RESULTS: MUTANTS, SEEN, register, verdictOf } = require('./mutants.register.cjs');

/** @typedef {{ id: string, name: string, shown: string | null }} Row */

/** @param {readonly string[]} more */
async function jest(more) {
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  const program = join(ROOT, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [...flags, program, ...more], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { passed: code === 0, said };
}

/** @param {string} file @returns {Row[]} */
function rows(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {readonly Row[]} all */
function print(all) {
  const widest = (/** @type {(row: Row) => string} */ of) =>
    Math.max(0, ...all.map((row) => of(row).length));
  const [id, name] = [widest((row) => row.id), widest((row) => row.name)];
  for (const row of all) {
    say(`${row.id.padEnd(id)}  ${row.name.padEnd(name)}  ${row.shown ?? 'TAKEN IN'}`);
  }
}

/** @param {number} began */
const secondsSince = (began) => `${((performance.now() - began) / 1000).toFixed(0)} s`;

/** A run that dies half-way must not be read by what an earlier one found. */
function forgetSurvivors() {
  for (const check of register()) {
    if ((verdictOf(check)?.killedBy ?? null) === null) rmSync(check.result, { force: true });
  }
}

async function mutate() {
  const began = performance.now();
  forgetSurvivors();
  const { said } = await jest([...MUTANT, '--testPathPatterns', 'mutants']);
  const all = register().map((check) => ({ ...check, verdict: verdictOf(check) }));
  for (const { id, verdict } of all) {
    const unnoticed =
      verdict === null ? 'NOT TRIED' : verdict.attacks > 0 ? 'SURVIVED ' : 'NO ATTACK';
    const killedBy = verdict?.killedBy ?? null;
    say(killedBy === null ? `${unnoticed}  ${id}` : `killed     ${id}  by ${killedBy}`);
  }
  const left = all.filter(({ verdict }) => (verdict?.killedBy ?? null) === null);
  const untried = left.filter(({ verdict }) => verdict === null).length;
  const bare = left.filter(({ verdict }) => verdict?.attacks === 0).length;
  if (untried > 0) process.stderr.write(said);
  const [killed, survivors] = [all.length - left.length, left.length - bare - untried];
  say(`\n${killed} checks killed, survivors ${survivors}, without an attack ${bare}`);
  say(`${all.length} checks in ${secondsSince(began)}, not tried ${untried}`);
  return left.length === 0 && all.length > 0;
}

const wanted = process.argv.slice(2);
const mutates = wanted.includes('--mutate');
if (wanted.includes('--fresh')) rmSync(MUTANTS, { recursive: true, force: true });
rmSync(SEEN, { force: true });
const started = performance.now();
const { passed, said } = await jest(
  mutates ? [...MUTANT, '--testPathPatterns', 'attacks.test'] : ['--selectProjects', 'attacks'],
);
const all = rows(SEEN);
const caught = all.filter(({ shown }) => shown !== null).length;
print(all);
if (!passed) process.stderr.write(said);
say(`\n${all.length} attacks: ${caught} caught`);
say(`in ${secondsSince(started)}`);
const good = passed && caught === all.length && all.length > 0;
const whole = good && mutates ? await mutate() : good;
process.exitCode = whole ? 0 : 1;
