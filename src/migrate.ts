/** `npm run migrate`: brings the schema of DATABASE_URL up to this version of the server. */
import { ConfigError, databaseUrl } from './platform/config/load.config.js';
import { migrate } from './platform/database/migrations.js';
import { Log } from './platform/logger/log.js';
import { runProgram } from './platform/program.js';

const log = Log.create('info').with({ process: 'migrate' });

await runProgram(
  () => log,
  async () => {
    const url = databaseUrl();
    if (url === undefined) throw new ConfigError(['DATABASE_URL is missing.']);
    const applied = await migrate(url, log);
    log.info('The schema is up to date.', { applied });
    return { close: () => Promise.resolve() };
  },
);
