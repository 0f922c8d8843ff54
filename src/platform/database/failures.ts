/**
 * What a failed statement means to the one who asked: try again at once (a conflict between
 * transactions), the database is away, or a mistake of ours.
 */
import { Problem } from '@liaison/contract/errors';

/** Serialization failure and deadlock: PostgreSQL undid everything and asks for another try. */
const CONFLICTS = new Set(['40001', '40P01']);

/** Classes and codes by which PostgreSQL or the network say that it is not there just now. */
const AWAY = new Set(['57P01', '57P02', '57P03', '53300', '25P03']);
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
]);
/** `pg` says these without a code. */
const AWAY_SENTENCES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Cannot use a pool after calling end',
  'Client was closed and is not queryable',
];

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error) ?? '');
}

export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  const code = codeOf(error);
  if (code !== undefined) return AWAY.has(code) || NETWORK.has(code) || code.startsWith('08');
  return error instanceof Error && AWAY_SENTENCES.some((start) => error.message.startsWith(start));
}

/** The same error, or the problem that tells the caller that nothing is lost and to try again. */
export function toProblem(error: unknown): unknown {
  return isAway(error)
    ? new Problem('database_unavailable', undefined, undefined, { cause: error })
    : error;
}
