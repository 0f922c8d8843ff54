/**
 * `npm run test:attacks`: runs every attack and prints what each client showed, then the count.
 * With `--mutate` it then takes out the client's checks one by one (mutants.run.ts): a check that
 * can go unnoticed is a survivor, or has no attack where none shows its code.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, '.cache/attacks.json');
const MUTANTS = join(ROOT, '.cache/mutants.json');

/** @typedef {{ id: string, name: string, shown: string | null }} Row */
/** @typedef {{ id: string, killedBy: string | null, attacks: number }} Mutant */

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

/** @template T @param {string} file @returns {T[]} */
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

async function mutate() {
  const began = performance.now();
  rmSync(MUTANTS, { force: true });
  const config = join(import.meta.dirname, 'mutant.config.mjs');
  const { said } = await jest(['--config', config, '--rootDir', ROOT]);
  /** @type {Mutant[]} */
  const all = rows(MUTANTS);
  for (const { id, killedBy, attacks } of all) {
    const unnoticed = attacks > 0 ? 'SURVIVED ' : 'NO ATTACK';
    say(killedBy === null ? `${unnoticed}  ${id}` : `killed     ${id}  by ${killedBy}`);
  }
  const left = all.filter(({ killedBy }) => killedBy === null);
  const bare = left.filter(({ attacks }) => attacks === 0).length;
  if (all.length === 0) process.stderr.write(said);
  const [killed, survivors] = [all.length - left.length, left.length - bare];
  say(`\n${killed} checks killed, survivors ${survivors}, without an attack ${bare}`);
  say(`${all.length} checks in ${secondsSince(began)}`);
  return left.length === 0 && all.length > 0;
}

const wanted = process.argv.slice(2);
rmSync(RESULTS, { force: true });
const started = performance.now();
const { passed, said } = await jest(['--selectProjects', 'attacks']);
/** @type {Row[]} */
const all = rows(RESULTS);
const caught = all.filter(({ shown }) => shown !== null).length;
print(all);
if (!passed) process.stderr.write(said);
say(`\n${all.length} attacks: ${caught} caught`);
say(`in ${secondsSince(started)}`);
const good = passed && caught === all.length && all.length > 0;
const whole = good && wanted.includes('--mutate') ? await mutate() : good;
process.exitCode = whole ? 0 : 1;
