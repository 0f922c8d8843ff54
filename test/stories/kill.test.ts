/**
 * API, worker and PostgreSQL are killed in turn ("kill -9") while twenty clients send: the entry
 * of each receipt is there once, in one order, on every client, and the audit log holds.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { CircleId, EntryId } from '@liaison/contract/ids';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { Crowd, type Person } from '../support/crowd.js';
import { discharge } from '../support/discharge.js';
import { eventually } from '../support/eventually.js';
import { Processes } from '../support/processes.js';
import { copyOf, count, doubles, receiptsOf, rowsOf } from '../support/sent.js';

const CLIENTS = 20;
const HANDOFFS = 4;
const ROUNDS = 2;
/** Each client posts about this often while processes die, and no more than so many messages. */
const EVERY_MS = 1500;
const MESSAGES = 12;
/** A busy machine restarts processes slowly, and clients wait longer and longer between tries. */
const PATIENCE_MS = 90_000;

let machine: Processes;
let crowd: Crowd;
let people: Person[];
let channel: CircleId;
const handoffs: CircleId[] = [];
/** What people wrote, each with the id under which it was kept. */
const posted: { circle: CircleId; id: EntryId }[] = [];
const kills = { api: 0, worker: 0, postgres: 0 };
let sending = true;

const at = (index: number): Person => {
  const person = people[index];
  if (person === undefined) throw new Error(`There is no client ${index}.`);
  return person;
};

const asked = (index: number) => ({ team: at(index).member });

async function gather(): Promise<Person[]> {
  const boss = await crowd.invited('Client 0', await machine.operatorLink('Client 0'));
  await boss.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
  const links: string[] = [];
  for (let n = 1; n < CLIENTS; n++) {
    links.push((await boss.liaison.invite(`Client ${n}`, 'other')).link);
  }
  const others: Person[] = [];
  for (let n = 0; n < links.length; n += 4) {
    const group = links.slice(n, n + 4);
    const joined = group.map((link, i) => crowd.invited(`Client ${n + i + 1}`, link));
    others.push(...(await Promise.all(joined)));
  }
  return [boss, ...others];
}

beforeAll(async () => {
  machine = await Processes.open();
  crowd = new Crowd(machine.origin);
  people = await gather();
  const members = people.map(({ member }) => member);
  channel = await at(0).liaison.createChannel('Astreinte', members);
  for (let n = 0; n < HANDOFFS; n++) {
    if (n > 0) await at(0).liaison.admit(at(n).person);
    await at(n).liaison.refresh();
    handoffs.push(await at(n).liaison.sendHandoff(discharge(asked(n), [asked(n + HANDOFFS)])));
  }
  await Promise.all(people.map(({ liaison }) => liaison.sync()));
}, 180_000);

afterAll(async () => {
  await crowd.close();
  await machine.close();
}, 30_000);

async function writeOn({ liaison, name }: Person, index: number): Promise<void> {
  await pause((EVERY_MS * index) / CLIENTS);
  for (let n = 0; sending && n < MESSAGES; n++) {
    const handoff = handoffs[index % HANDOFFS];
    const circle = index < 2 * HANDOFFS && n % 3 === 2 && handoff ? handoff : channel;
    posted.push({ circle, id: await liaison.post(circle, `${name}, message ${n}`, []) });
    await pause(EVERY_MS * (0.5 + Math.random()));
  }
}

/** The addressee answers in the middle of it all, and the sender ends it. */
async function answer(n: number): Promise<void> {
  const id = handoffs[n];
  const [sender, addressee] = [at(n), at(n + HANDOFFS)];
  if (id === undefined) throw new Error('No handoff.');
  await pause(2000 * n);
  await addressee.liaison.accept(id, addressee.member, 'Vu');
  await pause(3000);
  await addressee.liaison.done(id, addressee.member, 'Fait');
  await eventually(async () => {
    const view = await sender.liaison.handoff(id);
    expect(view?.addressees[0]?.phase).toBe('done');
  }, PATIENCE_MS);
  await sender.liaison.close(id);
}

async function killInTurn(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await machine.kill('api');
    kills.api += 1;
    await pause(200);
    await machine.start('api');
    await pause(700);
    await machine.kill('worker');
    kills.worker += 1;
    await machine.start('worker');
    await pause(300);
    await machine.killPostgres();
    kills.postgres += 1;
    await pause(300);
    await machine.startPostgres();
    await pause(1500);
  }
  // All at once, as when the power goes.
  await Promise.all([machine.kill('api'), machine.kill('worker'), machine.killPostgres()]);
  for (const what of ['api', 'worker', 'postgres'] as const) kills[what] += 1;
  await machine.startPostgres();
  await Promise.all([machine.start('api'), machine.start('worker')]);
}

test('twenty clients send while API, worker and PostgreSQL are killed in turn', async () => {
  const startedMs = performance.now();
  const writers = people.map(writeOn);
  const answers = handoffs.map((_, n) => answer(n));
  try {
    await killInTurn();
  } finally {
    sending = false;
  }
  const killedMs = performance.now() - startedMs;
  await Promise.all(writers);
  await Promise.all(answers);
  await eventually(async () => {
    for (const { liaison } of people) {
      expect(await liaison.connection()).toMatchObject({ waiting: 0, alarm: null });
    }
  }, PATIENCE_MS);
  await Promise.all(people.map(({ liaison }) => liaison.sync()));
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  console.info(
    `kill -9: ${CLIENTS} clients posted ${posted.length} messages across ${kills.api} kills of ` +
      `the API, ${kills.worker} of the worker, ${kills.postgres} of PostgreSQL in ` +
      `${seconds(killedMs)} s; all was in its place after ${seconds(performance.now() - startedMs)} s`,
  );
  expect(Math.min(...Object.values(kills))).toBeGreaterThan(ROUNDS);
}, 240_000);

test('every receipt’s entry is there once, in one order, on every client', async () => {
  const rows = await machine.ask(rowsOf);
  const stored = new Map(rows.map((row) => [`${row.circle}/${row.k}`, row]));
  expect(doubles(rows.map(({ entry }) => entry))).toEqual([]);
  let receipts = 0;
  for (const { store } of people) {
    for (const { circle, k, h } of await receiptsOf(store)) {
      expect(stored.get(`${circle}/${k}`)?.h).toBe(h);
      receipts += 1;
    }
  }
  const entries = new Set(rows.map(({ entry }) => entry));
  expect(posted.filter(({ id }) => !entries.has(id)).length).toBe(0);
  const order = rows.filter(({ circle }) => circle === channel);
  expect(order.map(({ k }) => k)).toEqual(order.map((_, k) => k));
  const head = { k: order.length - 1, h: order.at(-1)?.h };
  for (const { store } of people) {
    const copy = await copyOf(store, channel);
    expect(copy.head).toEqual(head);
    expect(copy.entries).toEqual(order.map(({ entry }) => entry));
  }
  console.info(
    `kill -9: ${receipts} receipts hold against ${rows.length} items; the channel has ` +
      `${order.length} items in one order on ${people.length} clients`,
  );
  expect(receipts).toBeGreaterThan(posted.length);
}, 30_000);

/** The same device with nothing but its keys: it reads and verifies everything again. */
async function afresh({ store, http }: Person): Promise<{ store: MemoryStore; texts: number }> {
  const fresh = new MemoryStore();
  const secrets = await store.scan('secrets', '');
  await fresh.transaction((tx) => {
    for (const [key, value] of secrets) tx.put('secrets', key, value);
  });
  const { liaison } = await crowd.device({ store: fresh, http, socket: false });
  await liaison.sync();
  const messages = await liaison.messages(channel);
  return { store: fresh, texts: messages.filter(({ text }) => text.state === 'open').length };
}

test('fresh clients verify the same chain and open every message', async () => {
  const written = posted.filter(({ circle }) => circle === channel).length;
  for (const person of [at(0), at(7), at(CLIENTS - 1)]) {
    const { store, texts } = await afresh(person);
    expect(texts).toBe(written);
    expect(await copyOf(store, channel)).toEqual(await copyOf(person.store, channel));
  }
}, 60_000);

test('handoffs were answered and closed, and nobody’s client made a mistake', async () => {
  for (const id of handoffs) {
    const phases = people.map(async ({ liaison }) => (await liaison.handoff(id))?.phase);
    const known = (await Promise.all(phases)).filter((phase) => phase !== undefined);
    expect(known).toEqual(['closed', 'closed']);
  }
  expect(crowd.mistakes).toEqual([]);
});

test('the audit log holds, with each item recorded once', async () => {
  await eventually(async () => {
    expect(await machine.ask((database) => count(database, 'outbox'))).toBe(0);
  }, 30_000);
  const said = await machine.run('verify-audit.js');
  expect(said).toContain('The audit log holds');
  const items = await machine.ask((database) => count(database, 'items'));
  const records = await machine.ask((database) =>
    count(database, `audit_records WHERE record LIKE '%"item.appended"%'`),
  );
  expect(records).toBe(items);
  console.info(`kill -9: ${said.trim()} ${records} of them name the ${items} items, once each.`);
}, 60_000);
