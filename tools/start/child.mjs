/**
 * One supervised program: started, waited for until it says that it is ready, started again when it
 * dies by itself, and ended with the supervisor.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openLog } from './log-file.mjs';
import { CACHE, inProject, Plain } from './project.mjs';

/** @typedef {{ ready: true, url?: string, issuer?: string, [more: string]: unknown }} Ready */
/** @typedef {{ name: string, script: string, env: NodeJS.ProcessEnv, logFile: string,
 *   onStart: () => void, onRestart: (name: string) => void }} ChildOptions */

/** Loaded before a program's own code, so that it does not outlive the supervisor. */
export const LEASH = new URL('./leash.mjs', import.meta.url).href;
const READY_MS = 60_000;
/** How long a child may take to end before it is killed. */
const ENDING_MS = 12_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** A child that lived this long is healthy again: its next restart is quick. */
const HEALTHY_MS = 60_000;
const TAIL_LINES = 12;

/** @param {string} line @returns {Ready | undefined} */
function readReady(line) {
  if (!line.startsWith('{"ready":')) return undefined;
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export class Child {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;
  /** @type {NodeJS.Timeout | undefined} */
  #restart;
  /** @type {string[]} */
  #tail = [];
  #pauseMs = FIRST_PAUSE_MS;
  #startedMs = 0;
  #ending = false;

  /** @param {ChildOptions} options */
  constructor(options) {
    this.options = options;
    this.log = openLog(options.logFile);
  }

  get pid() {
    return this.#process?.pid;
  }

  /** @returns {Promise<Ready>} */
  start() {
    this.#startedMs = performance.now();
    this.#tail = [];
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '--import', LEASH, inProject(this.options.script)],
      {
        cwd: inProject(),
        // Node 22 and newer keep compiled code between starts; older ones ignore the variable.
        env: { NODE_COMPILE_CACHE: join(CACHE, 'node'), ...this.options.env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    this.#process = child;
    this.options.onStart();
    const ready = this.#untilReady(child);
    child.once('exit', () => this.#died());
    return ready;
  }

  /** @param {import('node:child_process').ChildProcess} child @returns {Promise<Ready>} */
  #untilReady(child) {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Plain(this.#complaint()));
      const timer = setTimeout(fail, READY_MS);
      const settle = (/** @type {Ready} */ ready) => {
        clearTimeout(timer);
        child.off('exit', fail);
        resolve(ready);
      };
      child.once('exit', () => clearTimeout(timer));
      child.once('exit', fail);
      this.#follow(child, settle);
    });
  }

  /**
   * @param {import('node:child_process').ChildProcess} child @param {(ready: Ready) => void} tell
   */
  #follow(child, tell) {
    let rest = '';
    const take = (/** @type {Buffer} */ chunk) => {
      this.log.write(chunk);
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      this.#tail = [...this.#tail, ...lines].slice(-TAIL_LINES);
      const ready = lines.map(readReady).find((found) => found !== undefined);
      if (ready !== undefined) tell(ready);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
  }

  #complaint() {
    const last = this.#tail.filter((line) => line.trim() !== '').join('\n');
    const { name, logFile } = this.options;
    return `${name} did not start. Its log (${logFile}) ends with:\n${last}`;
  }

  #died() {
    if (this.#ending) return;
    const livedMs = performance.now() - this.#startedMs;
    this.#pauseMs = livedMs > HEALTHY_MS ? FIRST_PAUSE_MS : this.#pauseMs;
    this.options.onRestart(this.options.name);
    this.#restart = setTimeout(() => {
      this.start().catch((error) => process.stderr.write(`${error.message}\n`));
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** Asks the child to end, and kills it when it does not. */
  async stop() {
    this.#ending = true;
    clearTimeout(this.#restart);
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(timer);
  }

  /** The impatient end: a second Ctrl-C. */
  kill() {
    this.#ending = true;
    this.#process?.kill('SIGKILL');
  }
}
