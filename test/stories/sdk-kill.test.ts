/**
 * A client that is killed in the middle of sending, again and again: what it had kept arrives, once
 * and in the order in which it was written, with its files.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { CookieJar, nodeHttp } from '@liaison/sdk/http-node';
import { openLiaison } from '@liaison/sdk/liaison';
import { FileStore } from '@liaison/sdk/store/file.store';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { eventually } from '../support/eventually.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';
const CHILD = join(import.meta.dirname, '../support/sending.child.mjs');
const LIVES = 6;
const MESSAGES_A_LIFE = 20;

interface Kept {
  readonly number: number;
  readonly id: string;
}

let world: World;
let people: People;
let channel: CircleId;
const folder = mkdtempSync(join(tmpdir(), 'liaison-killed-'));
const [store, cookies] = [join(folder, 'store.log'), join(folder, 'cookies.json')];

/** A colleague enrols on a file store, and their client ends properly: the last time it does. */
beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { nurse, gp, coordinator } = people;
  const jar = new CookieJar();
  const http = nodeHttp(world.origin, jar);
  const kept = await FileStore.open(store);
  const liaison = await openLiaison({ origin: world.origin, http, store: kept, socket: false });
  const { person } = await world.signIn({ liaison, http }, COLLEAGUE);
  await world.rehearse(liaison);
  if (person === null) throw new Error('The colleague has no identity.');
  await coordinator.liaison.admit(person);
  await nurse.liaison.addToTeam(nurse.teamId, person);
  channel = await nurse.liaison.createChannel('Transmissions', [nurse.team, gp.team]);
  await liaison.refresh();
  await liaison.dispose();
  writeFileSync(cookies, JSON.stringify(jar.kept()));
}, 90_000);

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program; `said` grows with what it says. */
function start(
  first: number,
  count: number,
): { child: ChildProcessByStdio<null, Readable, Readable>; said: () => string } {
  const words = [CHILD, world.origin, store, cookies, channel, String(first), String(count)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}

const keptIn = (text: string): Kept[] =>
  [...text.matchAll(/^kept (\d+) (\S+)$/gm)].map(([, number, id]) => {
    return { number: Number(number), id: id ?? '' };
  });

/** Kills it once it has kept so many messages, at whatever moment of sending that is. */
async function killAfter(first: number, messages: number, delayMs: number): Promise<Kept[]> {
  const { child, said } = start(first, 10 * MESSAGES_A_LIFE);
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`The child ended: ${said()}`);
    expect(keptIn(said()).length).toBeGreaterThanOrEqual(messages);
    return Promise.resolve();
  }, 30_000);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.kill('SIGKILL');
  await once(child, 'close');
  return keptIn(said());
}

test('what a killed client had kept arrives once, in order, with its files', async () => {
  const kept: Kept[] = [];
  for (let life = 0; life < LIVES; life++) {
    const first = (kept.at(-1)?.number ?? -1) + 1;
    kept.push(...(await killAfter(first, MESSAGES_A_LIFE, 37 * life)));
  }
  const last = start(0, 0);
  const [code] = (await once(last.child, 'close')) as [number | null];
  expect([code, last.said()]).toEqual([0, 'quiet\n']);

  const left = await FileStore.open(store);
  expect(await left.scan('outbox', '')).toEqual([]);
  await left.close();

  const { liaison } = people.gp;
  await liaison.sync();
  const messages = await liaison.messages(channel);
  const places = new Map(messages.map(({ id }, i) => [id as string, i]));
  expect(places.size).toBe(messages.length);
  const found = kept.map(({ id }) => places.get(id) ?? -1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found).not.toContain(-1);
  // Kept and killed before it could say so: at most one a life, and never a second copy of one.
  expect(messages.length - kept.length).toBeLessThanOrEqual(LIVES);
  for (const { attachments, text } of messages) {
    expect(text.state).toBe('open');
    for (const ref of attachments) {
      expect((await liaison.attachment(channel, ref)).length).toBe(1000);
    }
  }
  expect((await liaison.connection()).alarm).toBeNull();
  console.info(`kill -9: ${kept.length} messages kept over ${LIVES} killed lives, all there once`);
}, 180_000);
