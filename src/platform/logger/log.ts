/**
 * The server's log: one JSON line an event, redacted. A line says what happened with a constant
 * sentence and opaque ids beside it; it never holds content that a person wrote.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import { redacted, toLoggedError } from './redaction.js';

/**
 * Lines of requests leave together: a write each would cost more than the rest of the line. A fault
 * is written at once, and so is all that waits when the process ends.
 */
const TOGETHER_BYTES = 4096;
const TOGETHER_MS = 100;
const STANDARD_OUTPUT = 1;

let output: Output | null = null;

type Output = ReturnType<typeof pino.destination>;

function standardOutput(): Output {
  if (output !== null) return output;
  const made = pino.destination({
    dest: STANDARD_OUTPUT,
    sync: true,
    minLength: TOGETHER_BYTES,
    periodicFlush: TOGETHER_MS,
  });
  process.on('exit', () => {
    made.flushSync();
  });
  output = made;
  return made;
}

export type LogFields = Readonly<Record<string, unknown>>;

export class Log {
  private constructor(private readonly pino: Logger) {}

  static create(level: string, destination?: DestinationStream): Log {
    const options = {
      level,
      base: null,
      serializers: { error: toLoggedError },
    };
    return new Log(pino(options, destination ?? standardOutput()));
  }

  /** The same log, with fields that every line of one room of the server carries. */
  with(fields: LogFields): Log {
    return new Log(this.pino.child(redacted(fields)));
  }

  debug(sentence: string, fields: LogFields = {}): void {
    this.pino.debug(redacted(fields), sentence);
  }

  info(sentence: string, fields: LogFields = {}): void {
    this.pino.info(redacted(fields), sentence);
  }

  warn(sentence: string, fields: LogFields = {}): void {
    this.pino.warn(redacted(fields), sentence);
    output?.flushSync();
  }

  error(sentence: string, fields: LogFields = {}): void {
    this.pino.error(redacted(fields), sentence);
    output?.flushSync();
  }
}
