/**
 * Programs of the machine that some suites need and npm cannot bring. A suite without its program
 * is said to be not run; it is never counted as passed.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @type {Readonly<Record<string, readonly string[]>>} */
const NAMES = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  'redis-server': ['redis-server'],
};

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run by us: the next place is tried.
    return false;
  }
}

/**
 * @param {string} program
 * @returns {string | undefined} where it is
 */
export function findProgram(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = NAMES[program] ?? [program];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}
