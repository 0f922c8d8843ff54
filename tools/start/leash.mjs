/**
 * Loaded into every child before its own code: when the supervisor is gone, however it went, the
 * child is asked to end, and ended when it does not. The supervisor's death closes the channel.
 */
const GRACE_MS = 10_000;

function end() {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
}

process.once('disconnect', end);
// Following the supervisor must not keep a program alive that has nothing left to do.
process.channel?.unref();
