/**
 * After `kill -9` of the supervisor its children end by themselves, but not at once. The next start
 * reads who they were, waits for them, and kills those that stay, so that ports and files are free.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { holderOf, isAlive } from '../../src/platform/embedded/lock.mjs';
import { readJson } from './project.mjs';

const PATIENCE_MS = 10_000;
const STEP_MS = 50;

/** @param {string} dir */
const fileOf = (dir) => join(dir, 'children.json');

/**
 * Whole or not at all: whoever reads it meanwhile, or after a kill, must not find half a list and
 * take it for none.
 * @param {string} dir @param {readonly (number | undefined)[]} pids
 */
export function recordChildren(dir, pids) {
  const holders = pids.filter((pid) => pid !== undefined).map(holderOf);
  writeFileSync(`${fileOf(dir)}.new`, JSON.stringify(holders), { mode: 0o600 });
  renameSync(`${fileOf(dir)}.new`, fileOf(dir));
}

/** @param {string} dir @returns {Promise<number>} how many were still there */
export async function awaitLeftovers(dir) {
  /** @type {{ pid: number, started: string }[]} */
  const holders = readJson(fileOf(dir)) ?? [];
  const found = holders.filter(isAlive);
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += STEP_MS) {
    if (!found.some(isAlive)) return found.length;
    await pause(STEP_MS);
  }
  for (const { pid } of found.filter(isAlive)) process.kill(pid, 'SIGKILL');
  return found.length;
}
