/** A child's output on disk, of bounded size: the present file and the one before it. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LONGEST = 10 * 1024 * 1024;

/** @param {string} path */
export function openLog(path) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let full = false;
  return {
    /** @param {Buffer} chunk */
    write(chunk) {
      try {
        if (size > LONGEST) {
          renameSync(path, `${path}.1`);
          size = 0;
        }
        appendFileSync(path, chunk, { mode: 0o600 });
        size += chunk.length;
        full = false;
      } catch (error) {
        // A full disk must not end the children as well: it is said once, and they go on.
        if (!full) process.stderr.write(`A log cannot be written (${path}): ${error}\n`);
        full = true;
      }
    },
  };
}
