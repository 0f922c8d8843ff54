/**
 * What may never reach a log line: bodies, cookies, tokens, keys, and the values that a database
 * puts in its messages. Logs carry opaque ids and codes only.
 */
const SECRET_NAMES = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'body',
  'payload',
  'password',
  'secret',
  'token',
  'accessToken',
  'idToken',
  'refreshToken',
  'access_token',
  'id_token',
  'refresh_token',
]);

/** Deeper than this nothing of ours nests. */
const DEPTH = 4;
const HIDDEN = '[hidden]';

type Fields = Readonly<Record<string, unknown>>;

/** A provider's answer comes as `?code=`; elsewhere a code is what makes a log line useful. */
const isSecret = (key: string, under: string): boolean =>
  SECRET_NAMES.has(key) || (key === 'code' && under === 'query');

const isNested = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !(value instanceof Error);

/**
 * The fields without what may not be written; the same object where there is nothing to hide. Done
 * here and not by pino's paths, whose wildcards cost more than the rest of a request's log line.
 */
export function redacted(fields: Fields, under = '', depth = 1): Fields {
  let clean = fields;
  for (const [key, value] of Object.entries(fields)) {
    const nested = isNested(value) && depth < DEPTH ? redacted(value, key, depth + 1) : value;
    const shown = isSecret(key, under) ? HIDDEN : nested;
    if (shown !== value)
      clean = Object.assign(Array.isArray(clean) ? [...clean] : { ...clean }, { [key]: shown });
  }
  return clean;
}

interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly constraint?: string;
  readonly stack: readonly string[];
  readonly cause?: LoggedError;
}

const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());

function textAt(error: Error, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : undefined;
}

/** A database error's message can quote the row that it refused; only its code is kept. */
const isFromDatabase = (error: Error): boolean => textAt(error, 'severity') !== undefined;

/** An error as it may be written: what kind, which code, where; never the values involved. */
export function toLoggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] };
  const code = textAt(error, 'code');
  const constraint = textAt(error, 'constraint');
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(isFromDatabase(error) ? {} : { message: error.message.slice(0, 500) }),
    stack: framesOf(error),
    ...(error.cause === undefined || depth > 3
      ? {}
      : { cause: toLoggedError(error.cause, depth + 1) }),
  };
}
