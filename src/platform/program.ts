/**
 * The frame of each of our processes: one line when it serves, an orderly end on request, and a
 * bounded time for that end.
 */
import { ConfigError } from './config/load.config.js';
import type { Log } from './logger/log.js';

export interface Running {
  /** Where it serves, when it does. */
  readonly url?: string;
  close(): Promise<void>;
}

/** Requests and jobs in hand get this long; a supervisor kills a few seconds later. */
const CLOSING_MS = 8_000;

async function closeInTime(running: Running, log: Log): Promise<never> {
  setTimeout(() => {
    log.error('Closing took too long; what was in hand is left to the next start.');
    process.exit(1);
  }, CLOSING_MS).unref();
  await running.close();
  process.exit(0);
}

/** Whoever started the program waits for this line before it sends anything. */
const announce = (running: Running): void => {
  const url = running.url === undefined ? {} : { url: running.url };
  process.stdout.write(`${JSON.stringify({ ready: true, ...url })}\n`);
};

function endOnRequest(running: Running, log: Log): void {
  let closing = false;
  const end = (): void => {
    if (closing) return;
    closing = true;
    closeInTime(running, log).catch((error: unknown) => {
      log.error('Closing failed.', { error });
      process.exit(1);
    });
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // The supervisor is gone, however it went.
  process.on('disconnect', end);
  process.channel?.unref();
  if (process.send !== undefined && !process.connected) end();
}

export async function runProgram(log: () => Log, start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    endOnRequest(running, log());
    announce(running);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`Liaison cannot start with these settings:\n`);
    for (const sentence of error.sentences) process.stderr.write(`- ${sentence}\n`);
    process.exit(1);
  }
}
