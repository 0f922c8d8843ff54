/**
 * Where things are in a checkout, for the start, build and test programs. Built-ins only: these
 * files run before anything is installed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const CACHE = join(ROOT, '.cache');
export const NODE_MINIMUM = [20, 19];

/** @param {...string} parts */
export const inProject = (...parts) => join(ROOT, ...parts);

/** @param {string | Buffer} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * A JSON file of our own making: when absent or cut short it is simply built again.
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A failure whose sentence is all that the person needs: printed without a stack. */
export class Plain extends Error {}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = NODE_MINIMUM;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Plain(
    `Liaison needs Node ${NODE_MINIMUM.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
}

/**
 * Runs a program's main function and turns a plain failure into one sentence and exit code 1.
 * @param {() => Promise<number | void>} main
 */
export async function runProgram(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Plain)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
