/**
 * `npm run test:published -- FOLDER`: plays the vectors that others published. FOLDER holds clones
 * of the repositories that sources.json names, each under its own name; of each only the files
 * named there are read, and only if they are those very bytes. Nothing of it enters this
 * repository: what is not ours is not carried along, and what was tested is known by its hash.
 */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, '.cache/published');
const NOT_RUN = 3;

/** @type {{ repository: string, commit: string, files: { path: string, sha256: string }[] }[]} */
const SOURCES = JSON.parse(readFileSync(join(import.meta.dirname, 'sources.json'), 'utf8'));

/** @param {string} path @param {string} sha256 */
function isVeryFile(path, sha256) {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  return createHash('sha256').update(readFileSync(path)).digest('hex') === sha256;
}

/** Lays the files out for the tests. @param {string | undefined} folder @returns {string[]} */
function missingAfter(folder) {
  mkdirSync(CACHE, { recursive: true });
  const missing = [];
  for (const { repository, commit, files } of SOURCES) {
    for (const { path, sha256 } of files) {
      const kept = join(CACHE, basename(path));
      const given = folder === undefined ? kept : join(folder, basename(repository), path);
      if (isVeryFile(given, sha256)) writeFileSync(kept, readFileSync(given));
      else if (!isVeryFile(kept, sha256))
        missing.push(`${repository}@${commit.slice(0, 12)} ${path}`);
    }
  }
  return missing;
}

const missing = missingAfter(process.argv[2]);
for (const file of missing) process.stdout.write(`not run: ${file} missing\n`);
if (missing.length > 0) {
  process.exitCode = NOT_RUN;
} else {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  const args = [...flags, jest, '--selectProjects', 'published', '--forceExit'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  process.exitCode = code ?? 1;
}
