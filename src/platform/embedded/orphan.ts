/**
 * A PostgreSQL that outlived a killed supervisor still holds the data directory. Its pid file says
 * who it is; it is asked to shut down, so that the next one starts on clean files.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const STEP_MS = 25;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process, which is what was asked.
    return false;
  }
}

/** Numbers are reused after a reboot: only a process that says it is PostgreSQL is one. */
function looksLikePostgres(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`;
  if (!existsSync('/proc/self/cmdline')) return true;
  return existsSync(file) && readFileSync(file, 'latin1').includes('postgres');
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += STEP_MS) {
    if (!isAlive(pid)) return true;
    await pause(STEP_MS);
  }
  return !isAlive(pid);
}

/**
 * The pid file itself is PostgreSQL's own protection against two servers on the same files, so it
 * is removed only when its number now belongs to some other program.
 */
export async function stopOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  if (!looksLikePostgres(pid)) {
    rmSync(file);
    return;
  }
  process.kill(pid, 'SIGINT');
  if (await isGone(pid, PATIENCE_MS)) return;
  process.kill(pid, 'SIGQUIT');
  await isGone(pid, PATIENCE_MS);
}
