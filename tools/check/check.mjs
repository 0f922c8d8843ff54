// `npm run check`: all that can be judged about the code without running it. Two steps run at a
// time, the long ones first; each prints its seconds, and its output when it failed.
// `--only lint,types` runs some of them; `--fix` lets formatter and linter write.
// It never starts the product.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ name: string, file: string, args: readonly string[] }} Step
 * @typedef {{ name: string, ok: boolean, seconds: number, output: string }} Result
 */

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const AT_A_TIME = 2;
const OUTPUT_LINES = 150;
const ROOMS = ['contract', 'sdk', 'src', 'web', 'migrations', 'tools', 'test', 'bench'];

/** @param {boolean} fix @returns {Step[]} */
function everyStep(fix) {
  /** @param {string} file */
  const program = (file) => join(root, 'node_modules', file);
  const rooms = ROOMS.filter((room) => existsSync(join(root, room)));
  return [
    {
      name: 'lint',
      file: program('eslint/bin/eslint.js'),
      args: ['.', '--max-warnings', '0', ...(fix ? ['--fix'] : [])],
    },
    { name: 'types', file: program('typescript/bin/tsc'), args: ['-b', '--pretty', 'false'] },
    {
      name: 'unused',
      file: program('knip/bin/knip.js'),
      // Knip knows no `source` condition: this configuration leads it to sources, not to dist.
      args: [
        '--no-progress',
        '--no-config-hints',
        '--tsConfig',
        'tools/check/tsconfig.unused.json',
      ],
    },
    {
      name: 'floors',
      file: program('dependency-cruiser/bin/dependency-cruise.mjs'),
      args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...rooms],
    },
    { name: 'limits', file: join(root, 'tools/check/limits.mjs'), args: [] },
    {
      name: 'format',
      file: program('@biomejs/biome/bin/biome'),
      args: ['format', '--reporter', 'summary', ...(fix ? ['--write'] : []), '.'],
    },
  ];
}

/** @param {Step} step @returns {Promise<Result>} */
function run({ name, file, args }) {
  const began = performance.now();
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--max-old-space-size=4096', file, ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => {
      const seconds = (performance.now() - began) / 1000;
      done({ name, ok: code === 0, seconds, output: Buffer.concat(chunks).toString().trim() });
    });
  });
}

/** @param {Result} result */
function show({ name, ok, seconds, output }) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(7)} ${seconds.toFixed(1)} s`);
  // The figures of the limits are worth reading even when they hold.
  if (ok && name !== 'limits') return;
  const lines = output.split('\n');
  for (const line of lines.slice(0, OUTPUT_LINES)) console.log(`       ${line}`);
  if (lines.length > OUTPUT_LINES) console.log(`       … ${lines.length - OUTPUT_LINES} more`);
}

/** @param {readonly Step[]} steps */
function chosenOf(steps) {
  const at = process.argv.indexOf('--only');
  if (at < 0) return [...steps];
  const names = (process.argv[at + 1] ?? '').split(',');
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return steps.filter((step) => names.includes(step.name));
  const known = steps.map((step) => step.name).join(', ');
  console.error(`no such step: ${unknown.join(', ')}; there are ${known}`);
  process.exit(2);
}

/** @param {Step[]} waiting @returns {Promise<Result[]>} */
async function runAll(waiting) {
  /** @type {Result[]} */
  const results = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await run(step);
      results.push(result);
      show(result);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return results;
}

const began = performance.now();
const results = await runAll(chosenOf(everyStep(process.argv.includes('--fix'))));
const failed = results.filter((result) => !result.ok);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
const names = failed.length > 0 ? ` (${failed.map((result) => result.name).join(', ')})` : '';
const passed = results.length - failed.length;
console.log(`check: ${passed} passed, ${failed.length} failed${names} in ${seconds} s`);
process.exitCode = failed.length === 0 ? 0 : 1;
