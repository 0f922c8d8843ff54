/**
 * Starts the server in one process, in the roles it is given: `api` answers people, `worker` works
 * through queues. Several processes share nothing but the database (and Redis when there is one).
 */
import 'reflect-metadata';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { createAdapter, prepareServer } from './platform/http/server.js';
import { NestLog } from './platform/logger/nest.log.js';
import type { PlatformSettings } from './platform/platform.module.js';
import type { Running } from './platform/program.js';
import { SocketAdapter } from './platform/sockets/socket.adapter.js';

const PRESENCE_MS = 60_000;
/** What requests under way may still take once the server stops. */
const PARTING_MS = 2_000;

/**
 * Ends the connections that are left. A socket that asked for an upgrade while its room was closing
 * is answered by nobody, and would keep the server from ever being closed.
 */
function leaveTaking(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}

async function startApi(settings: PlatformSettings): Promise<Running & { url: string }> {
  const { config, log } = settings;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(settings),
    createAdapter(config),
    { logger: new NestLog(log), bodyParser: false, abortOnError: false },
  );
  await prepareServer(app);
  app.useWebSocketAdapter(new SocketAdapter(app));
  const endAll = leaveTaking(app.getHttpServer());
  await app.listen(config.port, config.host);
  const close = async (): Promise<void> => {
    const parting = setTimeout(endAll, PARTING_MS);
    await app.close();
    clearTimeout(parting);
  };
  return { url: await app.getUrl(), close };
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
