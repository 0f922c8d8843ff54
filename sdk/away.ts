/**
 * Whether the server is away for us just now: no answer, no session, too busy, or itself in
 * trouble. Nothing is wrong then with what was asked; it is asked again later. Everything that
 * waits for the server asks here, so that what one part keeps for later no other gives up.
 */
import { Problem } from '@liaison/contract/errors';
import { Fault } from './fault.js';

/** Not signed in (any more), locked, and too many requests: each passes. */
const PASSING: readonly number[] = [401, 423, 429];

/** From here on a status says that the server, not the question, is at fault. */
const SERVER_FAULT = 500;

export function isAway(error: unknown): boolean {
  if (error instanceof Fault) return error.code === 'offline';
  if (!(error instanceof Problem)) return false;
  return PASSING.includes(error.status) || error.status >= SERVER_FAULT;
}
