/** Carries what the framework says into our own log, where only its warnings are of interest. */
import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

export class NestLog implements LoggerService {
  constructor(private readonly out: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.out.debug(String(message), contextOf(rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.out.debug(String(message), contextOf(rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.out.debug(String(message), contextOf(rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.out.warn(String(message), contextOf(rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof Error) this.out.error('The framework failed.', { error: message });
    else this.out.error(String(message), contextOf(rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

/** Nest passes its context (a class's name) last, and a stack before it. */
function contextOf(rest: readonly unknown[]): { from?: string } {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? { from: last } : {};
}
