/**
 * Stands between the supervisor and PostgreSQL, so that PostgreSQL never outlives it: when the
 * supervisor dies, however it dies, this program's standard input ends, and it shuts PostgreSQL
 * down in order. It must never hold any other logic.
 *
 * Arguments: one JSON object { command, args, uid?, gid?, graceMs }.
 */
import { spawn } from 'node:child_process';

const { command, args, uid, gid, graceMs } = JSON.parse(process.argv[2] ?? '{}');

const postgres = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  cwd: '/',
  // A group of its own: Ctrl-C in a terminal must reach PostgreSQL after its clients, not before.
  detached: true,
  ...(uid === undefined ? {} : { uid, gid }),
});

let stopping = false;

function stop() {
  if (stopping) return;
  stopping = true;
  // SIGINT is PostgreSQL's "fast" shutdown: clients are cut off, everything is written, no
  // recovery.
  postgres.kill('SIGINT');
  setTimeout(() => postgres.kill('SIGQUIT'), graceMs).unref();
}

postgres.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
postgres.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('end', stop);
process.stdin.on('error', stop);
process.stdin.resume();
process.on('SIGTERM', stop);
process.on('SIGINT', () => {
  // From a terminal's Ctrl-C: the supervisor decides when the database goes, by ending our input.
});
