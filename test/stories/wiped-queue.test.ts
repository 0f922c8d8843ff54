/**
 * The queues' store loses everything at once. What must be told is a row elsewhere: it is told
 * within the promised minute, once, and schedules come back by themselves.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { findProgram } from '../../tools/start/programs.mjs';
import { alwaysOnCall } from '../support/always-on-call.js';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, World } from '../support/world.js';

/** Told so late at the most, whatever was lost. */
const PROMISED_MS = 60_000;

let world: World;
let people: People;
let store: ChildProcess | null = null;
let redisUrl: string | undefined;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis of this story's own: the suites' is shared. Without the program, PostgreSQL's queues. */
async function openStore(): Promise<string | undefined> {
  const program = findProgram('redis-server');
  if (program === undefined) return undefined;
  const port = String(await freePort());
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  store = spawn(program, options, { stdio: 'ignore' });
  return `redis://127.0.0.1:${port}`;
}

const WIPE = `
  DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'
    LOOP EXECUTE format('TRUNCATE bullmq.%I CASCADE', one); END LOOP;
  END $$`;

async function wipe(): Promise<void> {
  if (redisUrl === undefined) {
    await world.fixture.database.query(WIPE);
    return;
  }
  const client = new Redis(redisUrl);
  await client.flushall();
  client.disconnect();
}

beforeAll(async () => {
  redisUrl = await openStore();
  world = await World.open({ redisUrl });
  people = await world.people();
}, 120_000);

afterAll(async () => {
  await world.close();
  store?.kill();
});

test('what is urgent and what is late is told within a minute of a wiped queue, once', async () => {
  const { nurse, gp } = people;
  await gp.liaison.setMail('gp@cabinet.example');
  await gp.liaison.setNotificationSettings(alwaysOnCall());
  const due = Date.now() + 4000;
  const draft = draftOf(nurse, [gp], { due });
  const sending = nurse.liaison.sendHandoff({ ...draft, urgency: 'urgent' });
  await wipe();
  const id = await sending;
  await wipe();
  const wiped = Date.now();
  const kinds = async () => {
    const all = await gp.liaison.notifications();
    return all.filter(({ circle }) => circle === id).map(({ kind }) => kind);
  };
  await eventually(async () => {
    expect((await kinds()).sort()).toEqual(['handoff-late', 'handoff-offered']);
    expect(world.mails.mails()).toHaveLength(2);
  }, PROMISED_MS);
  const seconds = ((Date.now() - Math.max(due, wiped)) / 1000).toFixed(1);
  const kind = redisUrl === undefined ? 'PostgreSQL' : 'Redis';
  console.info(`wiped queue (${kind}): offer and escalation told and mailed ${seconds} s after`);
  const ids = world.mails.mails().map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(2);
}, 120_000);
