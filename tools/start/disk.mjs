/** Whether the data directory can be written and has room, said before anything relies on it. */
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plain } from './project.mjs';

const MEGABYTE = 1024 * 1024;
/** PostgreSQL's own files, its journal, and the first community. */
const FIRST_START_MB = 200;
const NEXT_START_MB = 64;

/** @type {Readonly<Record<string, (path: string) => string>>} */
const SENTENCES = {
  ENOSPC: (path) => `The disk that holds ${path} is full. Free some room and start again.`,
  EDQUOT: (path) => `Your disk quota for ${path} is used up. Free some room and start again.`,
  EROFS: (path) =>
    `${path} is on a read-only disk. Set LIAISON_DATA_DIR to a folder that can be written.`,
  EACCES: (path) =>
    `${path} cannot be written by this account. Give it the folder, or set LIAISON_DATA_DIR.`,
  EPERM: (path) =>
    `${path} cannot be written by this account. Give it the folder, or set LIAISON_DATA_DIR.`,
  ENOTDIR: (path) => `${path} is not a folder. Set LIAISON_DATA_DIR to one.`,
  EEXIST: (path) => `${path} is not a folder. Set LIAISON_DATA_DIR to one.`,
};

/**
 * The sentence for a failure of the disk; any other failure goes on as it is.
 * @param {unknown} error @param {string} path
 */
export function explainDisk(error, path) {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const sentence = SENTENCES[String(error.code)];
  return sentence === undefined ? error : new Plain(sentence(path));
}

/** @param {string} dir */
function tryToWrite(dir) {
  const probe = join(dir, `probe-${process.pid}`);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o711 });
    writeFileSync(probe, Buffer.alloc(MEGABYTE));
  } catch (error) {
    throw explainDisk(error, dir);
  } finally {
    if (existsSync(probe)) rmSync(probe);
  }
}

/** @param {string} dir the data directory, made when it is absent */
export function checkDisk(dir) {
  tryToWrite(dir);
  const { bavail, bsize } = statfsSync(dir);
  const freeMb = Math.floor((bavail * bsize) / MEGABYTE);
  const neededMb = existsSync(join(dir, 'secrets.json')) ? NEXT_START_MB : FIRST_START_MB;
  if (freeMb >= neededMb) return;
  throw new Plain(
    `The disk that holds ${dir} has ${freeMb} MB left; Liaison needs ${neededMb} MB. ` +
      'Free some room, or set LIAISON_DATA_DIR to another disk.',
  );
}
