/**
 * `npm run audit:verify`, `invite-coordinator` and the like: runs a program beside Liaison with the
 * settings of this machine. With DATABASE_URL given, the environment is taken as it is. Otherwise
 * the last start's settings are used: its database when it still runs, else the same one, started
 * for as long as the program takes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AlreadyRunning, takeLock } from '../../src/platform/embedded/lock.mjs';
import { compile } from './compile.mjs';
import { awaitLeftovers } from './leftovers.mjs';
import { checkNode, inProject, Plain, runProgram } from './project.mjs';
import { lastSettings } from './settings.mjs';

/** @typedef {{ script: string, needs: 'database' | 'server' }} Program */

/** @type {Readonly<Record<string, Program>>} */
const PROGRAMS = {
  'audit:verify': { script: 'dist/src/verify-audit.js', needs: 'database' },
  'events:dead': { script: 'dist/src/dead-events.js', needs: 'database' },
  'invite-coordinator': { script: 'dist/src/invite-operator.js', needs: 'database' },
  'import-directory': { script: 'dist/src/import-directory.js', needs: 'database' },
  'projections:rebuild': { script: 'dist/src/rebuild-projections.js', needs: 'database' },
  demo: { script: 'dist/tools/demo/main.js', needs: 'server' },
};

const dataDir = () => resolve(process.env['LIAISON_DATA_DIR'] || inProject('.liaison'));

/** An empty variable is one that was not given. */
const given = () => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value));

/** @param {Program} program @param {NodeJS.ProcessEnv} env @param {readonly string[]} args */
async function run({ script }, env, args) {
  // Files that the person names are theirs, seen from where they stand.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const child = spawn(process.execPath, ['--enable-source-maps', inProject(script), ...args], {
    cwd,
    env: { ...env, ...given() },
    stdio: 'inherit',
  });
  // A Ctrl-C reaches the child by itself; this program then waits for its orderly end.
  const wait = () => undefined;
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', pass);
  const [code] = await once(child, 'close');
  process.off('SIGINT', wait);
  process.off('SIGTERM', pass);
  return code ?? 1;
}

/** @param {string} dir @returns {(() => void) | undefined} gives the lock back; none: it runs */
function lockUnlessRunning(dir) {
  try {
    return takeLock(dir);
  } catch (error) {
    if (error instanceof AlreadyRunning) return undefined;
    throw error;
  }
}

/**
 * Whether the last start was on the embedded database: another one is not ours to start.
 * @param {string} dir @param {Readonly<Record<string, string>>} settings
 */
function isOwnDatabase(dir, settings) {
  const file = join(dir, 'postgres-port');
  if (!existsSync(file)) return false;
  return new URL(settings['DATABASE_URL'] ?? '').port === readFileSync(file, 'utf8').trim();
}

/** @param {Program} program @param {readonly string[]} args */
async function runAtHome(program, args) {
  const dir = dataDir();
  const settings = lastSettings(dir);
  if (settings === undefined) {
    throw new Plain(
      `Nothing was ever started in ${dir}. Run npm start first, or set DATABASE_URL.`,
    );
  }
  const giveBack = isOwnDatabase(dir, settings) ? lockUnlessRunning(dir) : undefined;
  if (giveBack === undefined) return run(program, settings, args);
  try {
    await awaitLeftovers(dir);
    const home = await import(
      new URL('../../dist/src/platform/embedded/home.js', import.meta.url).href
    );
    const { cluster, url } = await home.startHomeDatabase(home.openHome(dir));
    try {
      return await run(program, { ...settings, DATABASE_URL: url }, args);
    } finally {
      await cluster.stop();
    }
  } finally {
    giveBack();
  }
}

await runProgram(async () => {
  checkNode();
  const [name = '', ...args] = process.argv.slice(2);
  const program = PROGRAMS[name];
  if (program === undefined) {
    throw new Plain(`Name one of: ${Object.keys(PROGRAMS).join(', ')}.`);
  }
  const { failures } = await compile();
  if (failures.length > 0) throw new Plain(failures.join('\n\n'));
  if (program.needs === 'server') return run(program, { LIAISON_DATA_DIR: dataDir() }, args);
  if (process.env['DATABASE_URL']) return run(program, {}, args);
  return runAtHome(program, args);
});
