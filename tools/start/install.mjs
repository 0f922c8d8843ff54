/** Installs the dependencies when what is installed is not what the lockfile asks for. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject, Plain, readJson, sha256 } from './project.mjs';

const RECORD = inProject('node_modules/.liaison-lockfile');

const lockHash = () => sha256(readFileSync(inProject('package-lock.json')));

/**
 * npm keeps its own account of what it installed: enough when somebody ran `npm ci` by hand.
 * Packages for other platforms are absent, as they should be.
 */
function matchesInstalled() {
  const wanted = readJson(inProject('package-lock.json'))?.packages ?? {};
  const found = readJson(inProject('node_modules/.package-lock.json'))?.packages;
  if (found === undefined) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      !path.startsWith('node_modules/') ||
      entry.optional === true ||
      entry.link === true ||
      found[path]?.version === entry.version,
  );
}

function isInstalled() {
  const hash = lockHash();
  if (existsSync(RECORD) && readFileSync(RECORD, 'utf8') === hash) return true;
  if (!matchesInstalled()) return false;
  writeFileSync(RECORD, hash);
  return true;
}

/** The npm that started us, or the one beside this Node. */
function npmCommand() {
  const path = process.env['npm_execpath'];
  if (path !== undefined && /npm-cli\.c?js$/.test(path)) {
    return { command: process.execPath, first: [path], shell: false };
  }
  return { command: 'npm', first: [], shell: process.platform === 'win32' };
}

/** @returns {Promise<void>} */
function runNpm() {
  const { command, first, shell } = npmCommand();
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: inProject(),
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new Plain(`npm could not be run: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Plain(`The dependencies could not be installed.\n${output.trim()}`));
    });
  });
}

/** @returns {Promise<string | undefined>} a remark when nothing had to be done */
export async function install() {
  if (isInstalled()) return 'already there';
  await runNpm();
  writeFileSync(RECORD, lockHash());
  return undefined;
}
