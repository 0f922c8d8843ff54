/**
 * Which files the build reads and where it writes them. A source is compiled or copied as it is;
 * tests, declarations and what was itself built are left out.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** @typedef {{ from: string, to: string, action: 'compile' | 'copy' }} Source */

const AREAS = [
  { folder: 'contract', out: 'contract/dist' },
  { folder: 'sdk', out: 'sdk/dist' },
  { folder: 'src', out: 'dist/src' },
  { folder: 'migrations', out: 'dist/migrations' },
  { folder: 'tools', out: 'dist/tools' },
  { folder: 'bench', out: 'dist/bench' },
  { folder: 'test/simulation', out: 'dist/test/simulation' },
];
/** These run from their sources: they must work before the first build. */
const NOT_BUILT = new Set(['tools/start', 'tools/check']);
const SKIPPED_FOLDERS = new Set(['dist', 'node_modules', '.cache', 'coverage']);
const COPIED = /\.(mjs|json|csv|tsv|txt|html|css|svg|png|pdf|pem)$/;
const NOT_EMITTED = /(\.test\.tsx?|\.d\.m?ts|^package\.json|^tsconfig.*\.json)$/;

/**
 * @param {string} folder relative to the project
 * @returns {Generator<string>} paths relative to the project, with slashes
 */
export function* walk(folder) {
  for (const entry of readdirSync(inProject(folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name) && !NOT_BUILT.has(path)) {
      yield* walk(path);
    } else if (entry.isFile()) yield path;
  }
}

/** @param {string} folder */
const exists = (folder) => statSync(inProject(folder), { throwIfNoEntry: false }) !== undefined;

/**
 * @param {string} from
 * @param {string} inside the same path, relative to its area
 * @param {string} out
 * @returns {Source[]} one source, or none when the file is not emitted
 */
function sourceAt(from, inside, out) {
  if (NOT_EMITTED.test(inside)) return [];
  if (inside.endsWith('.ts')) {
    return [{ from, to: join(out, inside.replace(/\.ts$/, '.js')), action: 'compile' }];
  }
  return COPIED.test(inside) ? [{ from, to: join(out, inside), action: 'copy' }] : [];
}

/** @returns {Source[]} */
export function listSources() {
  return AREAS.filter(({ folder }) => exists(folder)).flatMap(({ folder, out }) =>
    [...walk(folder)].flatMap((from) => sourceAt(from, from.slice(folder.length + 1), out)),
  );
}

export const OUTPUT_FOLDERS = AREAS.map(({ out }) => out);
/** The web app is built whole from these, when any of them changed. */
export const WEB_FOLDERS = ['contract', 'sdk', 'web'];
