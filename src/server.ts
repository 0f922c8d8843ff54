/**
 * Starts the server in one process, in the roles it is given: `api` answers people, `worker` works
 * through queues. Several processes share nothing but the database (and Redis when there is one).
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { createAdapter, prepareServer } from './platform/http/server.js';
import { NestLog } from './platform/logger/nest.log.js';
import type { PlatformSettings } from './platform/platform.module.js';
import type { Running } from './platform/program.js';
import { SocketAdapter } from './platform/sockets/socket.adapter.js';

const PRESENCE_MS = 60_000;

async function startApi(settings: PlatformSettings): Promise<Running & { url: string }> {
  const { config, log } = settings;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(settings),
    createAdapter(config),
    { logger: new NestLog(log), bodyParser: false, abortOnError: false },
  );
  await prepareServer(app);
  app.useWebSocketAdapter(new SocketAdapter(app));
  await app.listen(config.port, config.host);
  return { url: await app.getUrl(), close: () => app.close() };
}

async function startWorker(settings: PlatformSettings): Promise<Running> {
  const app = await NestFactory.createApplicationContext(AppModule.register(settings), {
    logger: new NestLog(settings.log),
    abortOnError: false,
  });
  // While the database is away a worker holds no connection, and Node would end it as done.
  const presence = setInterval(() => undefined, PRESENCE_MS);
  return {
    close: () => {
      clearInterval(presence);
      return app.close();
    },
  };
}

/** Resolves once it serves. */
export const startServer = (settings: PlatformSettings): Promise<Running> =>
  settings.roles.includes('api') ? startApi(settings) : startWorker(settings);
