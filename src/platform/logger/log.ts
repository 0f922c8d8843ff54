/**
 * The server's log: one JSON line an event, redacted. A line says what happened with a constant
 * sentence and opaque ids beside it; it never holds content that a person wrote.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import { redacted, toLoggedError } from './redaction.js';

export type LogFields = Readonly<Record<string, unknown>>;

export class Log {
  private constructor(private readonly pino: Logger) {}

  static create(level: string, destination?: DestinationStream): Log {
    const options = {
      level,
      base: null,
      serializers: { error: toLoggedError },
    };
    return new Log(destination === undefined ? pino(options) : pino(options, destination));
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
  }

  error(sentence: string, fields: LogFields = {}): void {
    this.pino.error(redacted(fields), sentence);
  }
}
