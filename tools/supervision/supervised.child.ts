/**
 * What a program started by the start-up script owes it: one JSON line when it is ready, and to end
 * when its parent is gone, so that no process outlives a crash of the supervisor.
 */
import { fstatSync } from 'node:fs';

export function announceReady(facts: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ ready: true, ...facts })}\n`);
}

/** A pipe closes with its parent; a terminal or /dev/null says nothing about one. */
function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch (error) {
    // A process may be started with no standard input at all: then there is nothing to follow.
    if (error instanceof Error && 'code' in error && error.code === 'EBADF') return false;
    throw error;
  }
}

export function endWithParent(close: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (process.channel) process.once('disconnect', end);
  else if (stdinIsPipe()) process.stdin.once('end', end).once('close', end).resume();
}
