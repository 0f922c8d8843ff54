/**
 * PostgreSQL refuses to run as root. When we are root, it runs as an unprivileged account of the
 * machine, which must then be able to reach its files.
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody', '_postgres'];
/** The number that `nobody` has on every Linux and BSD whose account list cannot be read. */
const NOBODY = 65_534;

function accounts(): Map<string, SystemUser> {
  if (!existsSync('/etc/passwd')) return new Map();
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [name, , uid, gid] = line.split(':');
      if (name === undefined || uid === undefined || gid === undefined) return [];
      return [[name, { uid: Number(uid), gid: Number(gid) }]];
    }),
  );
}

/** Files that exist already keep their owner: PostgreSQL refuses to run as any other. */
function ownerOf(folder: string): SystemUser | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid };
}

/** Who must run PostgreSQL: somebody else when we are root, ourselves (undefined) otherwise. */
export function postgresUser(dataDir: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = ownerOf(dataDir);
  if (owner !== undefined) return owner;
  const known = accounts();
  const found = CANDIDATES.map((name) => known.get(name)).find(
    (user) => user !== undefined && user.uid !== 0,
  );
  return found ?? { uid: NOBODY, gid: NOBODY };
}

/** Whether every folder on the way to `path` lets the user through, and `path` lets it read. */
export function isReachable(path: string, user: SystemUser): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return isReachable(dirname(path), user);
  const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0;
  const open = ((stat.mode >> shift) & 0o1) === 1;
  return open && (dirname(path) === path || isReachable(dirname(path), user));
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // The next place is tried: not being allowed to write here is an answer, not a failure.
    return false;
  }
}

/** A folder that every account of the machine can enter, for what cannot stay in the checkout. */
export function sharedFolder(): string {
  const places = ['/var/lib/liaison', join(tmpdir(), 'liaison')];
  const place = places.find(isWritable);
  if (place === undefined) throw new Error(`None of ${places.join(', ')} can be written.`);
  return place;
}
