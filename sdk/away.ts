/**
 * Whether the server is away for us just now: no answer, no session, too busy, or without its
 * database. Nothing is wrong then with what was asked; it is asked again later.
 */
import { Problem } from '@liaison/contract/errors';
import { Fault } from './fault.js';

const AWAY_STATUSES: readonly number[] = [401, 423, 429, 503];

export function isAway(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'offline';
  return error instanceof Problem && AWAY_STATUSES.includes(error.status);
}
