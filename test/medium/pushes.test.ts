/**
 * What one API process commits reaches sockets of its own and of the other process, once and in
 * order.
 */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { PersonId, type Uuid, ZERO_HASH } from '@liaison/contract/ids';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { Committed } from '../../src/events/committed.js';
import { SessionGate } from '../../src/identity/session.gate.js';
import { createAdapter } from '../../src/platform/http/server.js';
import { Log } from '../../src/platform/logger/log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { SocketAdapter } from '../../src/platform/sockets/socket.adapter.js';
import { SocketGateway } from '../../src/realtime/socket.gateway.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const PERSON = PersonId.parse(ZERO_HASH);
const PUSHES = 20;

/** Lets everybody in as one person: who may open a socket is another test's matter. */
const openGate = {
  next: 'first' as Uuid,
  ended: new Set<Uuid>(),
  authenticateSocket: () =>
    Promise.resolve({ person: PERSON, locked: false, sessionId: openGate.next }),
  stillOpen: (ids: readonly Uuid[]) =>
    Promise.resolve(new Set(ids.filter((id) => !openGate.ended.has(id)))),
};

@Module({ providers: [SocketGateway, Committed, { provide: SessionGate, useValue: openGate }] })
class PushModule {}

let database: TestDatabase;
const apps: NestFastifyApplication[] = [];
const sockets: Socket[] = [];

async function startApi(): Promise<NestFastifyApplication> {
  const config = testConfig(database);
  const platform = PlatformModule.register({ config, roles: ['api'], log: Log.create('silent') });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: PushModule, imports: [platform] },
    createAdapter(config),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  app.useWebSocketAdapter(new SocketAdapter(app));
  await app.listen(0, '127.0.0.1');
  apps.push(app);
  return app;
}

/** Resolves when the socket is in its person's room. */
async function connect(app: NestFastifyApplication): Promise<Socket> {
  const form = { path: '/socket', parser, transports: ['websocket'], reconnection: false };
  const socket = io(await app.getUrl(), form);
  sockets.push(socket);
  await new Promise((resolve) => socket.once('circles', resolve));
  return socket;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await startApi();
  await startApi();
});

afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  for (const app of apps) await app.close();
  await database.close();
});

function heardBy(socket: Socket): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve) => {
    socket.on('lanes', ({ circle }: { circle: string }) => {
      heard.push(circle);
      // Whatever came twice comes within this moment.
      if (heard.length === PUSHES) setTimeout(() => resolve(heard), 200);
    });
  });
}

test('pushes reach both processes’ sockets once and in order', async () => {
  const [here, there] = await Promise.all(apps.map(connect));
  if (here === undefined || there === undefined) throw new Error('two processes were started');
  const both = Promise.all([heardBy(here), heardBy(there)]);
  const committed = apps[0]?.get(Committed);
  const names = Array.from({ length: PUSHES }, (_, i) => `circle ${i}`);
  for (const circle of names) {
    committed?.publish({ event: 'lanes', payload: { circle: circle as never }, people: [PERSON] });
    if (circle.endsWith('5')) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await both).toEqual([names, names]);
});

test('a session that ended by time or idleness hears no more; others go on', async () => {
  const [app] = apps as [NestFastifyApplication];
  const staying = await connect(app);
  openGate.next = 'second' as Uuid;
  const ending = await connect(app);
  const gateway = app.get(SocketGateway);
  await gateway.closeEnded();
  expect(ending.connected).toBe(true);
  openGate.ended.add('second' as Uuid);
  const said = new Promise((resolve) => ending.once('session', resolve));
  const over = new Promise((resolve) => ending.once('disconnect', resolve));
  await gateway.closeEnded();
  expect(await said).toEqual({ state: 'closed' });
  expect(await over).toBe('io server disconnect');
  expect(staying.connected).toBe(true);
});

test('a process that does not answer keeps nobody from connecting', async () => {
  const [app] = apps as [NestFastifyApplication];
  const server = Reflect.get(app.get(SocketGateway), 'server') as Server;
  const { adapter } = server.of('/');
  // A killed process is missed for some seconds, after which the library gives up like this.
  const patience = jest.spyOn(adapter, 'fetchSockets').mockImplementation((options) => {
    if (options.flags?.local === true) return Promise.resolve([]);
    return Promise.reject(new Error('timeout reached: missing 1 responses'));
  });
  const socket = await connect(app);
  expect(patience).toHaveBeenCalled();
  expect(socket.connected).toBe(true);
  patience.mockRestore();
});
