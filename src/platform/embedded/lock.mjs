/**
 * One program at a time on a data directory. The lock names its holder by process id and by the
 * instant that process started, so that a lock left by `kill -9`, or by a machine that went down,
 * is recognised and taken over. Built-ins only: the start program uses it before any install.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ pid: number, started: string }} Holder */

export class AlreadyRunning extends Error {
  /** @param {string} dir @param {Holder} holder */
  constructor(dir, holder) {
    super(
      `Liaison is already running on ${dir} (process ${holder.pid}). ` +
        'Stop it first, or set LIAISON_DATA_DIR to another folder.',
    );
  }
}

/**
 * When a process started, in the kernel's own count: two processes that had the same id differ by
 * it. Empty where the system does not tell.
 * @param {number} pid
 */
function startOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'latin1');
  // The program's name, in brackets, may hold spaces: fields are counted after it.
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  return `${boot}:${text.slice(text.lastIndexOf(')') + 2).split(' ')[19]}`;
}

/** @param {Holder} holder */
export function isAlive(holder) {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, under another account.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startOf(holder.pid) === holder.started;
}

/** @param {number} pid @returns {Holder} */
export const holderOf = (pid) => ({ pid, started: startOf(pid) });

/** @param {string} file @returns {Holder | undefined} */
function readHolder(file) {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'));
    return typeof found.pid === 'number' ? found : undefined;
  } catch (error) {
    // Cut short by a crash, or gone meanwhile: nobody holds it.
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} file @param {Holder} me */
function tryToWrite(file, me) {
  try {
    writeFileSync(file, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} dir the data directory, which exists
 * @returns {() => void} gives the lock back
 */
export function takeLock(dir) {
  const file = join(dir, 'lock');
  const me = holderOf(process.pid);
  for (;;) {
    if (tryToWrite(file, me)) break;
    const holder = readHolder(file);
    if (holder !== undefined && isAlive(holder)) throw new AlreadyRunning(dir, holder);
    rmSync(file, { force: true });
  }
  return () => {
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}
