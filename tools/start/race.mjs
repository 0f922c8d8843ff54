/**
 * `npm run race`: the whole race for offers (bench/race.bench.ts), 10,000 of them or as many as fit
 * into `-- --minutes N`. What it showed is written with the commit that it was of, to be committed;
 * it ends with 1 where anything was amiss.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { compile } from './compile.mjs';
import { checkNode, inProject, Plain, runProgram } from './project.mjs';

const FOLDER = 'docs/soak';

/** @param {...string} args */
const git = (...args) => execFileSync('git', args, { cwd: inProject(), encoding: 'utf8' }).trim();

/** Runs it, shown as it goes. @param {readonly string[]} args */
async function run(args) {
  const program = inProject('dist/bench/main.js');
  const child = spawn(process.execPath, [program, '--only', 'race', ...args], {
    cwd: inProject(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    said += chunk.toString();
    process.stdout.write(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Plain('The race did not end as it should; nothing was written.');
  return said.trim();
}

await runProgram(async () => {
  checkNode();
  const { failures } = await compile();
  if (failures.length > 0) throw new Plain(failures.join('\n\n'));
  const args = process.argv.slice(2);
  const commit = git('rev-parse', 'HEAD');
  const isClean = git('status', '--porcelain') === '';
  const date = git('log', '-1', '--format=%cs');
  const said = await run(args);
  const lines = [
    `# Race of ${commit.slice(0, 12)}`,
    '',
    `Commit ${commit}${isClean ? '' : ', with changes that were not committed'}.`,
    `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}.`,
    args.length === 0 ? 'The whole race.' : `Bounded: ${args.join(' ')}.`,
    '',
    '```',
    said,
    '```',
  ];
  mkdirSync(inProject(FOLDER), { recursive: true });
  const file = `${FOLDER}/${date}-${commit.slice(0, 12)}-race.md`;
  writeFileSync(inProject(file), `${lines.join('\n')}\n`);
  process.stdout.write(`written to ${file}\n`);
  return / false$/m.test(said) ? 1 : 0;
});
