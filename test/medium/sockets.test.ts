/** Two API processes push to each other's sockets, and other sites' pages are kept out. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OnGatewayConnection, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { io } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { createAdapter } from '../../src/platform/http/server.js';
import { Log } from '../../src/platform/logger/log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { SocketAdapter } from '../../src/platform/sockets/socket.adapter.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

@WebSocketGateway()
class WardGateway implements OnGatewayConnection {
  @WebSocketServer() readonly server!: Server;

  async handleConnection(socket: Socket): Promise<void> {
    await socket.join('ward');
  }
}

@Module({ providers: [WardGateway] })
class WardModule {}

let database: TestDatabase;
const apps: NestFastifyApplication[] = [];

async function startApi(): Promise<NestFastifyApplication> {
  const config = testConfig(database);
  const platform = PlatformModule.register({ config, roles: ['api'], log: Log.create('silent') });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: WardModule, imports: [platform] },
    createAdapter(config),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  app.useWebSocketAdapter(new SocketAdapter(app));
  await app.listen(0, '127.0.0.1');
  apps.push(app);
  return app;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await startApi();
  await startApi();
});

afterAll(async () => {
  for (const app of apps) await app.close();
  await database.close();
});

async function connect(origin?: string) {
  const url = (await apps[0]?.getUrl()) ?? '';
  return io(url, {
    parser,
    transports: ['websocket'],
    reconnection: false,
    ...(origin === undefined ? {} : { extraHeaders: { origin } }),
  });
}

test('a push from one process reaches a socket of the other, bytes and all', async () => {
  const socket = await connect('http://localhost:3000');
  await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
  const heard = new Promise<Uint8Array>((resolve) => socket.once('bell', resolve));
  const large = new Uint8Array(20_000).fill(7);
  apps[1]?.get(WardGateway).server.to('ward').emit('bell', large);
  expect(new Uint8Array(await heard)).toEqual(large);
  socket.disconnect();
});

test("another site's page cannot open a socket", async () => {
  const socket = await connect('https://elsewhere.example');
  const refused = new Promise((resolve) => socket.once('connect_error', resolve));
  expect(await refused).toBeInstanceOf(Error);
  socket.disconnect();
});
