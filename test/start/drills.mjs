/**
 * Drills of `npm start`: what happens to a person whose machine is not as it should be. Each is
 * played on the real program, in a folder with a space under a home that is closed to others; each
 * refusal is one clear sentence and an exit code, and what was killed comes back. Its last line
 * counts. Those that need root say so where they cannot be played.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const READY_MS = 90_000;
const REFUSED_MS = 20_000;
const BACK_MS = 30_000;
const STEP_MS = 100;

/** @typedef {Readonly<Record<string, string>>} Variables */

const isRoot = process.getuid?.() === 0;
const home = mkdtempSync(join(tmpdir(), 'liaison home '));
chmodSync(home, 0o700);
const data = join(home, 'data of a person');
/** @type {Set<import('node:child_process').ChildProcess>} */
const started = new Set();
let passed = 0;
let failed = 0;

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** @returns {Promise<Variables>} */
async function ports() {
  const names = ['PORT', 'EMULATOR_PORT', 'MAIL_PORT', 'SMTP_PORT'];
  const found = await Promise.all(names.map(freePort));
  return Object.fromEntries(names.map((name, at) => [name, String(found[at])]));
}

/** @param {Variables} variables */
function start(variables) {
  const child = spawn(process.execPath, ['tools/start/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, LIAISON_DATA_DIR: data, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  child.once('exit', () => started.delete(child));
  return { child, said: () => said };
}

/**
 * @param {() => boolean | Promise<boolean>} holds @param {number} withinMs
 * @param {() => string} why
 */
async function until(holds, withinMs, why) {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(STEP_MS)) {
    if (await holds()) return;
  }
  throw new Error(`not within ${withinMs} ms: ${why()}`);
}

/** @param {Variables} variables */
async function ready(variables) {
  const running = start(variables);
  const isReady = () => {
    if (running.child.exitCode !== null) throw new Error(`it ended:\n${running.said()}`);
    return /^Ready in /m.test(running.said());
  };
  await until(isReady, READY_MS, running.said);
  return running;
}

/** @param {Variables} variables @param {RegExp} sentence */
async function refuses(variables, sentence) {
  const { child, said } = start(variables);
  const timer = setTimeout(() => child.kill('SIGKILL'), REFUSED_MS);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  if (code === 0 || code === null) throw new Error(`exit code ${code}:\n${said()}`);
  if (!sentence.test(said())) throw new Error(`another sentence:\n${said()}`);
  if (/\n\s+at /.test(said())) throw new Error(`a stack instead of a sentence:\n${said()}`);
}

/** @returns {number[]} the processes of the running instance, the supervisor apart */
const children = () =>
  JSON.parse(readFileSync(join(data, 'children.json'), 'utf8')).map(
    (/** @type {{ pid: number }} */ one) => one.pid,
  );

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process: that is the answer.
    return false;
  }
}

/** @param {string} origin */
async function serves(origin) {
  try {
    const reply = await fetch(`${origin}/health/ready`, { signal: AbortSignal.timeout(2000) });
    return reply.ok;
  } catch {
    // Not there yet: asked again.
    return false;
  }
}

/** @param {string} name @param {() => Promise<void>} play */
async function drill(name, play) {
  const began = performance.now();
  try {
    await play();
    passed += 1;
    console.log(`ok     ${name}  ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {readonly string[]} command */
function must([program = '', ...rest]) {
  const { status, stderr } = spawnSync(program, rest, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

/**
 * @param {string} folder @param {readonly (readonly string[])[]} mounts @param {RegExp} sentence
 */
async function refusesMounted(folder, mounts, sentence) {
  mkdirSync(folder);
  try {
    for (const mount of mounts) must(mount);
    await refuses({ LIAISON_DATA_DIR: folder, ...(await ports()) }, sentence);
  } finally {
    spawnSync('umount', [folder]);
  }
}

async function onDisks() {
  if (!isRoot) {
    console.log('       a full disk and a read-only one need root to be made');
    return;
  }
  const [full, fixed] = [join(home, 'full disk'), join(home, 'fixed disk')];
  await drill('a full disk (tmpfs)', () =>
    refusesMounted(
      full,
      [['mount', '-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', full]],
      /MB left|is full/,
    ),
  );
  const bind = ['mount', '--bind', fixed, fixed];
  const close = ['mount', '-o', 'remount,ro,bind', fixed];
  await drill('a read-only disk (bind mount)', () =>
    refusesMounted(fixed, [bind, close], /read-only disk/),
  );
}

/** @param {Variables} own @param {string} origin */
async function killEach(own, origin) {
  const former = children();
  for (const pid of former) {
    await drill(`kill -9 of process ${former.indexOf(pid) + 1} of ${former.length}`, async () => {
      process.kill(pid, 'SIGKILL');
      await until(
        () => !children().includes(pid),
        BACK_MS,
        () => 'nobody took its place',
      );
      await until(
        () => serves(origin),
        BACK_MS,
        () => `${origin} does not answer`,
      );
      await until(
        () => children().every(isAlive),
        BACK_MS,
        () => 'some are not there',
      );
    });
  }
  if (former.length < 5) throw new Error(`only ${former.length} processes for ${own['PORT']}`);
}

async function main() {
  const own = await ports();
  const origin = `http://localhost:${own['PORT']}`;
  let running = await ready(own);
  console.log(`       first start: ${/^Ready in .*$/m.exec(running.said())?.[0] ?? ''}`);
  passed += 1;
  await drill('a second instance on the same data', async () =>
    refuses(own, /already running on .*Stop it first/),
  );
  await drill('a port that is taken', async () => {
    const elsewhere = { ...(await ports()), LIAISON_DATA_DIR: join(home, 'other data') };
    await refuses({ ...elsewhere, PORT: own['PORT'] ?? '' }, /Port \d+ is already taken.*Set PORT/);
  });
  await killEach(own, origin);
  await drill('kill -9 of the supervisor, and the next start', async () => {
    running.child.kill('SIGKILL');
    await once(running.child, 'exit');
    running = await ready(own);
  });
  await drill('kill -9 of everything, and the next start', async () => {
    const all = children();
    running.child.kill('SIGKILL');
    for (const pid of all) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    running = await ready(own);
    if (!(await serves(origin))) throw new Error('it does not answer');
  });
  await drill('Ctrl-C leaves no process', async () => {
    const all = children();
    running.child.kill('SIGINT');
    const [code] = await once(running.child, 'exit');
    if (code !== 0) throw new Error(`exit code ${code}`);
    await until(
      () => !all.some(isAlive),
      BACK_MS,
      () => 'some are left',
    );
  });
  await drill('the same data at another port', async () =>
    refuses(await ports(), new RegExp(`live at ${origin}.*PORT=${own['PORT']}`)),
  );
  await onDisks();
}

try {
  await main();
} catch (error) {
  failed += 1;
  console.log(error instanceof Error ? error.message : String(error));
} finally {
  for (const child of started) child.kill('SIGINT');
  await until(
    () => started.size === 0,
    BACK_MS,
    () => 'a start does not end',
  );
  rmSync(home, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
