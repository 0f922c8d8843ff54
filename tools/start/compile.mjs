/**
 * Emits JavaScript for every source that changed since the last build, and removes what no source
 * stands for any more. It never checks types: that is `tsc -b`.
 *
 * An unchanged modification time and size is trusted; otherwise the content's hash decides, so a
 * fresh clone or a branch switch recompiles only what differs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CACHE, inProject, readJson, sha256 } from './project.mjs';
import { listSources, OUTPUT_FOLDERS } from './sources.mjs';

/** @typedef {import('./sources.mjs').Source} Source */
/** @typedef {{ modifiedMs: number, size: number, hash: string }} Stamp */
/** @typedef {{ compiler: string, stamps: Record<string, Stamp> }} Manifest */
/** @typedef {{ emitted: number, removed: number, failures: string[] }} Outcome */

const MANIFEST = join(CACHE, 'build.json');

/** What the compiler itself depends on: a change there recompiles everything. */
function compilerStamp() {
  const swc = readJson(inProject('node_modules/@swc/core/package.json'));
  return sha256(`${swc?.version} ${readFileSync(inProject('.swcrc'), 'utf8')}`);
}

/** @returns {Manifest} */
function readManifest() {
  const compiler = compilerStamp();
  const found = readJson(MANIFEST);
  return found?.compiler === compiler ? found : { compiler, stamps: {} };
}

/** @param {string} path @param {string} text */
function replaceFile(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/**
 * The file's stamp, and whether what was emitted for it still stands.
 * @param {Source} source
 * @param {Stamp | undefined} before
 */
function examine(source, before) {
  const stat = statSync(inProject(source.from));
  const emitted = existsSync(inProject(source.to));
  if (emitted && before?.modifiedMs === stat.mtimeMs && before.size === stat.size) {
    return { stamp: before, fresh: true };
  }
  const hash = sha256(readFileSync(inProject(source.from)));
  const stamp = { modifiedMs: stat.mtimeMs, size: stat.size, hash };
  return { stamp, fresh: emitted && before?.hash === hash };
}

/** @param {Source} source */
async function emit(source) {
  const from = inProject(source.from);
  const to = inProject(source.to);
  const draft = `${to}.${process.pid}`;
  if (source.action === 'copy') {
    await copyFile(from, draft);
    return rename(draft, to);
  }
  const { transform } = await import('@swc/core');
  const { code, map } = await transform(await readFile(from, 'utf8'), {
    filename: from,
    sourceFileName: relative(dirname(to), from),
    cwd: inProject(),
    sourceMaps: true,
  });
  await writeFile(`${to}.map`, map ?? '');
  await writeFile(draft, `${code}\n//# sourceMappingURL=${basename(to)}.map\n`);
  return rename(draft, to);
}

/** @param {string} folder @returns {string[]} files below it, relative to the project */
function filesBelow(folder) {
  if (!existsSync(inProject(folder))) return [];
  return readdirSync(inProject(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(inProject(), join(entry.parentPath, entry.name)));
}

/** @param {Source[]} sources */
function removeStale(sources) {
  const wanted = new Set(sources.flatMap(({ to }) => [to, `${to}.map`]));
  const stale = OUTPUT_FOLDERS.flatMap(filesBelow).filter(
    (path) => !wanted.has(path) && !/\.\d+$/.test(path),
  );
  for (const path of stale) rmSync(inProject(path), { force: true });
  return stale.length;
}

/** @returns {Promise<Outcome>} */
export async function compile() {
  const sources = listSources();
  const { compiler, stamps: before } = readManifest();
  const checked = sources.map((source) => ({ source, ...examine(source, before[source.from]) }));
  const changed = checked.filter(({ fresh }) => !fresh);
  for (const folder of new Set(changed.map(({ source }) => dirname(source.to)))) {
    mkdirSync(inProject(folder), { recursive: true });
  }
  /** @type {string[]} */
  const failures = [];
  const failed = new Set();
  await Promise.all(
    changed.map(({ source }) =>
      emit(source).catch((/** @type {unknown} */ error) => {
        failed.add(source.from);
        failures.push(`${source.from}: ${error instanceof Error ? error.message : error}`);
      }),
    ),
  );
  const removed = removeStale(sources);
  const kept = checked.filter(({ source }) => !failed.has(source.from));
  const stamps = Object.fromEntries(kept.map(({ source, stamp }) => [source.from, stamp]));
  replaceFile(MANIFEST, JSON.stringify({ compiler, stamps }));
  return { emitted: changed.length - failures.length, removed, failures };
}
