/**
 * A program of ours in a process of its own, started for a benchmark: waited for until it says that
 * it is ready, and ended with the benchmark however that goes (its channel closes).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface ChildProgram {
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const READY_MS = 60_000;
const STEP_MS = 50;
const ENDING_MS = 10_000;
const DIST = new URL('../', import.meta.url);

/** Its output goes to a file, as a service's would: nobody else's process is kept busy reading. */
async function untilReady(child: ChildProcess, name: string, logFile: string): Promise<void> {
  for (let waited = 0; waited < READY_MS; waited += STEP_MS) {
    const said = readFileSync(logFile, 'utf8');
    if (/^\{"ready":/m.test(said)) return;
    if (child.exitCode !== null) throw new Error(`${name} ended at once:\n${said.slice(-2000)}`);
    await pause(STEP_MS);
  }
  child.kill('SIGKILL');
  throw new Error(`${name} was not ready in time; see ${logFile}`);
}

/** Starts a compiled program, such as `src/main.js`. */
export async function startProgram(
  path: string,
  env: Readonly<Record<string, string>>,
  logFile: string,
  flags: readonly string[] = [],
): Promise<ChildProgram> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...flags, fileURLToPath(new URL(path, DIST))], {
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  await untilReady(child, path, logFile);
  return { process: child, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(timer);
}
