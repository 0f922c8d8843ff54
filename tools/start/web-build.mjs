/** Builds the web app with Vite, when it exists and when any source that it is made of changed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, inProject, Plain, sha256 } from './project.mjs';
import { walk, WEB_FOLDERS } from './sources.mjs';

const STAMP = join(CACHE, 'web-build.txt');

function stampOfSources() {
  const paths = WEB_FOLDERS.flatMap((folder) => [...walk(folder)]).filter(
    (path) => !/\.test\.tsx?$/.test(path),
  );
  const lines = paths.sort().map((path) => `${path} ${sha256(readFileSync(inProject(path)))}`);
  return sha256(lines.join('\n'));
}

/** @param {string} stamp */
const isBuilt = (stamp) =>
  existsSync(inProject('web/dist/index.html')) &&
  existsSync(STAMP) &&
  readFileSync(STAMP, 'utf8') === stamp;

/** @returns {Promise<{ code: number, output: string }>} */
function runVite() {
  return new Promise((resolve, reject) => {
    const vite = inProject('node_modules/vite/bin/vite.js');
    const child = spawn(process.execPath, [vite, 'build'], { cwd: inProject('web') });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @returns {Promise<boolean>} whether anything had to be built */
export async function buildWeb() {
  if (!existsSync(inProject('web/vite.config.ts'))) return false;
  const stamp = stampOfSources();
  if (isBuilt(stamp)) return false;
  const { code, output } = await runVite();
  if (code !== 0) throw new Plain(`The web app could not be built.\n${output}`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(STAMP, stamp);
  return true;
}
