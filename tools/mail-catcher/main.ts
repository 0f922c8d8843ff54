/**
 * The mail catcher as a process. Reads its environment, prints one JSON line when both of its ports
 * listen, and ends with whoever started it.
 */
import { resolve } from 'node:path';
import { announceReady, endWithParent } from '../supervision/supervised.child.js';
import { startMailCatcher } from './catcher.server.js';

const { env } = process;
const catcher = await startMailCatcher({
  smtpPort: Number(env['SMTP_PORT'] ?? '0'),
  httpPort: Number(env['PORT'] ?? '0'),
  dir: resolve(env['LIAISON_DATA_DIR'] ?? '.liaison'),
  ...(env['HOST'] ? { host: env['HOST'] } : {}),
});
endWithParent(() => catcher.close());
announceReady({ url: catcher.url, smtpUrl: catcher.smtpUrl });
