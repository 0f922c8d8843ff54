/**
 * `npm run build`: everything that runs, from its sources. Types are checked elsewhere, so that a
 * build takes as long as what changed since the last one.
 */
import { pathToFileURL } from 'node:url';
import { checkNode, Plain, runProgram } from './project.mjs';
import { compile } from './compile.mjs';
import { buildWeb } from './web-build.mjs';

/** @returns {Promise<string>} one sentence about what was done */
export async function build() {
  const outcome = await compile();
  if (outcome.failures.length > 0) {
    throw new Plain(`These files could not be compiled:\n\n${outcome.failures.join('\n\n')}`);
  }
  const web = await buildWeb();
  const touched = outcome.emitted + outcome.removed > 0 || web;
  if (!touched) return 'nothing changed';
  return `${outcome.emitted} files${web ? ' and the web app' : ''}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runProgram(async () => {
    checkNode();
    const startedMs = performance.now();
    const done = await build();
    process.stdout.write(`built ${done} in ${Math.round(performance.now() - startedMs)} ms\n`);
  });
}
