/**
 * The first start's story as a program: `npm start` runs it once against the server that it has
 * just started. Killed half-way, it goes on at the next start.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SampleHome } from '../cast/sample.home.js';
import { sampleFile } from '../sample/sample.files.js';
import { playFirstStart } from './first-start.js';

const SERVER_PROGRAMS = new URL('../../src/', import.meta.url);

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: this program is run by npm start.`);
  return value;
}

/** A program of the server, run as its operator would. */
async function run(program: string, argument: string): Promise<string> {
  const file = fileURLToPath(new URL(program, SERVER_PROGRAMS));
  const child = spawn(process.execPath, [file, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}.`);
  return output.trim();
}

const stage = {
  origin: given('PUBLIC_ORIGIN'),
  home: new SampleHome(given('LIAISON_DATA_DIR')),
  socket: false,
};
const company = await playFirstStart({
  stage,
  operator: {
    importDirectory: async () => {
      await run('import-directory.js', sampleFile('personnes-activites.txt'));
    },
    inviteCoordinator: (name) => run('invite-operator.js', name),
  },
  now: Date.now(),
  tell: (line) => process.stdout.write(`${line}\n`),
});
for (const { liaison } of company.everybody()) await liaison.dispose();
