/**
 * What the last start told its programs, kept beside the secrets that it repeats, so that a program
 * run by hand works on the same database and for the same address.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './project.mjs';

/** @param {string} dir */
const fileOf = (dir) => join(dir, 'settings.json');

/** @param {string} dir @param {Readonly<Record<string, string>>} variables */
export function keepSettings(dir, variables) {
  writeFileSync(`${fileOf(dir)}.new`, JSON.stringify(variables, null, 2), { mode: 0o600 });
  renameSync(`${fileOf(dir)}.new`, fileOf(dir));
}

/** @param {string} dir @returns {Readonly<Record<string, string>> | undefined} */
export const lastSettings = (dir) => readJson(fileOf(dir));
