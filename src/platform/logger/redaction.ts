/**
 * What may never reach a log line: bodies, cookies, tokens, keys, and the values that a database
 * puts in its messages. Logs carry opaque ids and codes only.
 */
const SECRET_NAMES = [
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
  'code',
] as const;

/** Error codes are what makes a log line useful, so `code` is hidden at the first levels only. */
const NOT_IN_ERRORS = new Set<string>(['code']);

export const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => {
  const key = name.includes('-') ? `["${name}"]` : name;
  const dotted = name.includes('-') ? key : `.${key}`;
  if (NOT_IN_ERRORS.has(name)) return [`query${dotted}`, `req.query${dotted}`];
  return [key, `*${dotted}`, `*.*${dotted}`, `*.*.*${dotted}`];
});

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
