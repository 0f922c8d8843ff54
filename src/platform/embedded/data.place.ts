/**
 * Where PostgreSQL's files lie: inside the data directory, or, when root runs a checkout that no
 * other account can enter, in a shared folder that a small file inside the data directory names.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isReachable, postgresUser, sharedFolder } from './system.user.js';

export function postgresPlace(liaisonDir: string): string {
  const inside = join(liaisonDir, 'postgres');
  const record = join(liaisonDir, 'postgres-place');
  if (existsSync(record)) return readFileSync(record, 'utf8').trim();
  const user = postgresUser(inside);
  if (user === undefined || isReachable(liaisonDir, user)) return inside;
  const place = join(sharedFolder(), `data-${randomBytes(6).toString('hex')}`, 'postgres');
  mkdirSync(join(place, '..'), { recursive: true, mode: 0o711 });
  writeFileSync(record, `${place}\n`, { mode: 0o600 });
  return place;
}
