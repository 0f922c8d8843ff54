/**
 * `npm start`: from a fresh clone to a working Liaison on this machine. It uses Node's built-ins
 * only, because it runs before anything is installed.
 */
import { resolve } from 'node:path';
import { AlreadyRunning, takeLock } from '../../src/platform/embedded/lock.mjs';
import { checkDisk, explainDisk } from './disk.mjs';
import { install } from './install.mjs';
import { awaitLeftovers } from './leftovers.mjs';
import { phase, say } from './phases.mjs';
import { checkPorts, readPorts } from './ports.mjs';
import { checkNode, inProject, Plain, runProgram } from './project.mjs';
import { checkAddress } from './settings.mjs';
import { Interrupted, Supervisor } from './supervisor.mjs';

/** @typedef {import('./ports.mjs').Ports} Ports */
/** @typedef {import('./ports.mjs').PortVariable} PortVariable */

const PARENT_CHECK_MS = 1_000;

/** What a real provider or relay replaces needs no port here. */
const usedPorts = () =>
  /** @type {PortVariable[]} */ ([
    'PORT',
    ...(process.env['OIDC_ISSUER'] ? [] : ['EMULATOR_PORT']),
    ...(process.env['SMTP_URL'] ? [] : ['MAIL_PORT', 'SMTP_PORT']),
  ]);

/** @param {string} dir */
function lock(dir) {
  try {
    return takeLock(dir);
  } catch (error) {
    if (error instanceof AlreadyRunning) throw new Plain(error.message);
    throw explainDisk(error, dir);
  }
}

async function prepare() {
  await phase('Dependencies', install, (remark) => remark);
  const { build } = await import('./build.mjs');
  try {
    await phase('Build', build, (remark) => remark);
  } catch (error) {
    throw explainDisk(error, inProject());
  }
}

/** @param {Ports} ports @param {string} took */
function tellAddresses(ports, took) {
  say(`\nReady in ${took} s.\n`);
  say(`  Liaison                     http://localhost:${ports.PORT}`);
  if (!process.env['OIDC_ISSUER']) {
    say(`  Pro Santé Connect emulator  http://localhost:${ports.EMULATOR_PORT}`);
  }
  if (!process.env['SMTP_URL']) {
    say(`  Mails that were sent        http://localhost:${ports.MAIL_PORT}`);
  }
  if (!process.env['OIDC_ISSUER']) {
    say(
      '\nEverybody in it is fictional. A browser that is new to somebody asks for their recovery',
    );
    say('words: they stand on that person’s card, on the emulator’s sign-in page.');
  }
  say('\nPress Ctrl-C to stop.');
}

/**
 * Ends on Ctrl-C, on a closed terminal, and when the npm that started us is gone.
 * @param {Supervisor} supervisor @returns {Promise<void>}
 */
function endOnRequest(supervisor) {
  return new Promise((resolveEnd) => {
    let asked = 0;
    const end = () => {
      asked += 1;
      if (asked === 1) supervisor.stop().then(resolveEnd);
      else supervisor.kill();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
    const parent = process.ppid;
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      end();
    }, PARENT_CHECK_MS);
    timer.unref();
  });
}

/** @param {string} dir @param {Ports} ports @param {number} startedMs */
async function run(dir, ports, startedMs) {
  const supervisor = new Supervisor(dir, ports);
  const ended = endOnRequest(supervisor);
  try {
    await supervisor.start();
  } catch (error) {
    await supervisor.stop();
    if (!(error instanceof Interrupted)) throw error;
    say('Stopped.');
    return;
  }
  tellAddresses(ports, ((performance.now() - startedMs) / 1000).toFixed(1));
  await ended;
  say('Stopped.');
}

async function main() {
  const startedMs = performance.now();
  checkNode();
  say('Liaison is starting.\n');
  const dir = resolve(process.env['LIAISON_DATA_DIR'] || inProject('.liaison'));
  const ports = readPorts();
  checkDisk(dir);
  const giveBack = lock(dir);
  try {
    checkAddress(dir, ports);
    await awaitLeftovers(dir);
    await checkPorts(ports, usedPorts());
    await prepare();
    await run(dir, ports, startedMs);
  } finally {
    giveBack();
  }
}

await runProgram(main);
process.exit();
