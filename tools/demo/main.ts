/** `npm run demo`: plays a discharge against the Liaison that runs here, and times each step. */
import { INSTANCE_ROUTES } from '@liaison/contract/instance';
import { Api } from '@liaison/sdk/api';
import { Fault } from '@liaison/sdk/fault';
import { nodeHttp } from '@liaison/sdk/http-node';
import { SampleHome } from '../cast/sample.home.js';
import { playDemo } from './demo.js';

/** What keeps the demo from beginning, in one sentence. */
class NotReady extends Error {}

async function mustAnswer(origin: string): Promise<void> {
  try {
    await new Api(nodeHttp(origin)).call(INSTANCE_ROUTES.instance, {});
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new NotReady(`No Liaison answers at ${origin}. Run npm start, and the demo beside it.`);
  }
}

async function demo(): Promise<void> {
  const home = new SampleHome(process.env['LIAISON_DATA_DIR'] ?? '.liaison');
  const origin = home.origin();
  if (origin === null) {
    throw new NotReady('There is no sample community here yet. Run npm start once to the end.');
  }
  await mustAnswer(origin);
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
