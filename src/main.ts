/** An API process: answers people over HTTP and tells them over sockets. Run as many as needed. */
import { loadConfig } from './platform/config/load.config.js';
import { Log } from './platform/logger/log.js';
import { runProgram } from './platform/program.js';
import { startServer } from './server.js';

let log = Log.create('info');

await runProgram(
  () => log,
  () => {
    const config = loadConfig();
    log = Log.create(config.logLevel).with({ process: 'api' });
    return startServer({ config, log, roles: ['api'] });
  },
);
