/**
 * The emulator as a process. Reads its environment, prints one JSON line when it listens, and ends
 * with whoever started it.
 */
import { resolve } from 'node:path';
import { announceReady, endWithParent } from '../supervision/supervised.child.js';
import { type PscEmulatorOptions, startPscEmulator } from './emulator.server.js';

function optionsFrom(env: NodeJS.ProcessEnv): PscEmulatorOptions {
  const redirectUris = env['REDIRECT_URIS']?.split(',').map((uri) => uri.trim());
  return {
    port: Number(env['PORT'] ?? '0'),
    dataDir: resolve(env['LIAISON_DATA_DIR'] ?? '.liaison'),
    ...(env['HOST'] ? { host: env['HOST'] } : {}),
    ...(env['PUBLIC_URL'] ? { publicUrl: env['PUBLIC_URL'] } : {}),
    ...(env['CLIENT_ID'] ? { clientId: env['CLIENT_ID'] } : {}),
    ...(env['CLIENT_SECRET'] ? { clientSecret: env['CLIENT_SECRET'] } : {}),
    ...(redirectUris ? { redirectUris } : {}),
  };
}

const emulator = await startPscEmulator(optionsFrom(process.env));
endWithParent(() => emulator.close());
announceReady({
  url: emulator.url,
  issuer: emulator.issuer,
  discoveryUrl: emulator.discoveryUrl,
  clientId: emulator.clientId,
});
