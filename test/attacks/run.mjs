/**
 * `npm run test:attacks`: runs every attack and prints what each client showed, then the count.
 * With `--mutate` it then takes out the client's checks one by one and plays the attacks that each
 * should catch: a check that can go unnoticed is a survivor; one whose code no attack shows has no
 * attack.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, '.cache/attacks.json');
const CHECKED = [
  'sdk/logs/circle-log.ts',
  'sdk/logs/identity-log.ts',
  'sdk/logs/attestation.ts',
  'sdk/logs/provider-token.ts',
  'sdk/sync/sync.ts',
];
const { checksIn } = createRequire(import.meta.url)('./mutant.transform.cjs');

/** @typedef {{ id: string, name: string, shown: string | null }} Row */

/** @param {readonly string[]} more @param {Record<string, string>} environment */
async function jest(more, environment = {}) {
  rmSync(RESULTS, { force: true });
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  const program = join(ROOT, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [...flags, program, ...more], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { passed: code === 0, said };
}

/** @returns {Row[]} */
function rows() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8'));
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

/**
 * Attacks in which a client showed that very code. @param {readonly Row[]} all @param {string} code
 */
function showing(all, code) {
  const shows = new RegExp(`(^|[ -])${code}($|[ ;])`);
  return all.filter(({ shown }) => shown !== null && shows.test(shown));
}

/** @param {readonly Row[]} all */
async function mutate(all) {
  const survivors = [];
  const bare = [];
  let killed = 0;
  for (const file of CHECKED) {
    const checks = checksIn(readFileSync(join(ROOT, file), 'utf8'));
    for (const [index, { code }] of checks.entries()) {
      const id = `${file}#${index} ${code}`;
      const attacks = showing(all, code);
      if (attacks.length === 0) {
        bare.push(id);
        say(`no attack  ${id}`);
        continue;
      }
      const only = attacks.map((row) => `^${row.id}:`).join('|');
      const config = ['--config', join(import.meta.dirname, 'mutant.config.mjs')];
      const { passed } = await jest([...config, '--rootDir', ROOT, '-t', only], {
        LIAISON_MUTANT: `${file}#${index}`,
      });
      if (passed) survivors.push(id);
      else killed++;
      say(`${passed ? 'SURVIVED ' : 'killed   '}  ${id}`);
    }
  }
  say(`\n${killed} checks killed, survivors ${survivors.length}, without an attack ${bare.length}`);
  return survivors.length === 0 && bare.length === 0;
}

const wanted = process.argv.slice(2);
const { passed, said } = await jest(['--selectProjects', 'attacks']);
const all = rows();
const caught = all.filter(({ shown }) => shown !== null).length;
print(all);
if (!passed) process.stderr.write(said);
say(`\n${all.length} attacks: ${caught} caught`);
const good = passed && caught === all.length && all.length > 0;
const whole = good && wanted.includes('--mutate') ? await mutate(all) : good;
process.exitCode = whole ? 0 : 1;
