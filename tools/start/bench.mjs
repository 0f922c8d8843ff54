/**
 * `npm run bench`: compiles what changed and runs the benchmarks with the arguments that follow
 * `--` (`--out FILE`, `--only NAME`). It measures nothing itself.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { compile } from './compile.mjs';
import { checkNode, inProject, Plain, runProgram } from './project.mjs';

await runProgram(async () => {
  checkNode();
  const { failures } = await compile();
  if (failures.length > 0) throw new Plain(failures.join('\n\n'));
  const args = [inProject('dist/bench/main.js'), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: inProject(), stdio: 'inherit' });
  // A Ctrl-C reaches the child by itself; this program then waits for its orderly end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'close');
  return code ?? 1;
});
