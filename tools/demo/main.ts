/** `npm run demo`: plays a discharge against the Liaison that runs here, and times each step. */
import { INSTANCE_ROUTES } from '@liaison/contract/instance';
import { nodeHttp } from '@liaison/sdk/http-node';
import { SampleHome } from '../cast/sample.home.js';
import { playDemo } from './demo.js';

/** What keeps the demo from beginning, in one sentence. */
class NotReady extends Error {}

async function answers(origin: string): Promise<boolean> {
  const { method, path } = INSTANCE_ROUTES.instance;
  try {
    return (await nodeHttp(origin)({ method, path })).status === 200;
  } catch (error) {
    // What fetch throws when nobody listens.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function demo(): Promise<void> {
  const home = new SampleHome(process.env['LIAISON_DATA_DIR'] ?? '.liaison');
  const origin = home.origin();
  if (origin === null) {
    throw new NotReady('There is no sample community here yet. Run npm start once to the end.');
  }
  if (!(await answers(origin))) {
    throw new NotReady(`No Liaison answers at ${origin}. Run npm start, and the demo beside it.`);
  }
  const tell = (line: string): boolean => process.stdout.write(`${line}\n`);
  await playDemo({ stage: { origin, home, socket: true }, now: Date.now(), tell });
}

try {
  await demo();
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
