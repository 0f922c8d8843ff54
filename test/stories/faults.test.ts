/**
 * Faults between a client and the database: nothing that somebody wrote is lost, nothing is sent
 * twice, and the order stays.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CircleId, EntryId, MemberId } from '@liaison/contract/ids';
import { FileStore } from '@liaison/sdk/store/file.store';
import { Crowd, type Person } from '../support/crowd.js';
import { discharge } from '../support/discharge.js';
import { eventually } from '../support/eventually.js';
import { Processes } from '../support/processes.js';
import { rowsOf } from '../support/sent.js';

const PATIENCE_MS = 60_000;

let machine: Processes;
let crowd: Crowd;
let boss: Person;
let nurse: Person;
let gp: Person;
let pharmacist: Person;
let ward: { team: MemberId };
let practice: { team: MemberId };
let channel: CircleId;

beforeAll(async () => {
  machine = await Processes.open();
  crowd = new Crowd(machine.origin);
  boss = await crowd.invited('boss', await machine.operatorLink('Léonie Fontaine'));
  await boss.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
  nurse = await crowd.professional('nurse', '899970000016');
  gp = await crowd.professional('gp', '899970000032');
  const store = await FileStore.open(join(machine.folder, 'pharmacist.store'));
  pharmacist = await crowd.professional('pharmacist', '899970000107', { store });
  const unit = { name: 'Cardiologie', finess: '029970014', category: 'hospital-unit' } as const;
  ward = { team: await crowd.settle(boss, nurse, unit) };
  const claim = { name: 'Cabinet du Dr Petit', finess: null, category: 'practice' } as const;
  practice = { team: await crowd.settle(boss, gp, claim) };
  await nurse.liaison.refresh();
  const members = [ward.team, practice.team, pharmacist.member];
  channel = await nurse.liaison.createChannel('Astreinte', members);
  for (const { liaison } of [gp, pharmacist]) await liaison.sync();
}, 180_000);

afterAll(async () => {
  await crowd.close();
  await machine.close();
}, 30_000);

async function postAll({ liaison }: Person, texts: readonly string[]): Promise<EntryId[]> {
  const ids: EntryId[] = [];
  for (const text of texts) ids.push(await liaison.post(channel, text, []));
  return ids;
}

/** The last messages that somebody sees and opens. */
async function lastOf({ liaison }: Person, length: number): Promise<string[]> {
  const messages = await liaison.messages(channel);
  const texts = messages.map(({ text }) => (text.state === 'open' ? text.value : text.state));
  return texts.slice(-length);
}

async function timesStored(ids: readonly EntryId[]): Promise<number[]> {
  const rows = await machine.ask(rowsOf);
  return ids.map((id) => rows.filter(({ entry }) => entry === id).length);
}

async function arrives(texts: readonly string[], ids: readonly EntryId[]): Promise<void> {
  await eventually(async () => {
    expect(await lastOf(gp, texts.length)).toEqual(texts);
  }, PATIENCE_MS);
  expect(await timesStored(ids)).toEqual(ids.map(() => 1));
}

const numbered = (what: string, length: number): string[] =>
  Array.from({ length }, (_, n) => `${what} ${n + 1}`);

test('the database goes away and comes back: drafts and order survive', async () => {
  const wish = discharge(ward, [practice]);
  await nurse.liaison.saveDraft(wish);
  await machine.killPostgres();
  const texts = numbered('Sans base', 5);
  const ids = await postAll(nurse, texts);
  const handoff = nurse.liaison.sendHandoff(wish);
  const asked = await nurse.http({ method: 'GET', path: '/api/circles' });
  expect(asked.status).toBe(503);
  expect(Buffer.from(asked.body).toString()).toContain('"code":"database_unavailable"');
  await pause(1000);
  const shown = await nurse.liaison.messages(channel);
  expect(shown.slice(-5).map(({ delivery }) => delivery)).toEqual(Array(5).fill('sending'));
  expect((await nurse.liaison.connection()).waiting).toBe(6);
  expect(await nurse.liaison.drafts()).toHaveLength(1);
  await machine.startPostgres();
  await arrives(texts, ids);
  const id = await handoff;
  expect(await nurse.liaison.drafts()).toEqual([]);
  await eventually(async () => {
    expect((await gp.liaison.handoff(id))?.letter.state).toBe('open');
    expect((await nurse.liaison.connection()).waiting).toBe(0);
  }, PATIENCE_MS);
}, 180_000);

test('connections cut in the middle of sending: each message once, in its order', async () => {
  const texts = numbered('Coupé', 12);
  const ids: EntryId[] = [];
  let cut = 0;
  for (const text of texts) {
    ids.push(await nurse.liaison.post(channel, text, []));
    await pause(20);
    cut += machine.proxy.cut();
  }
  await arrives(texts, ids);
  console.info(`faults: ${cut} connections were cut while 12 messages were sent`);
  expect(cut).toBeGreaterThan(5);
}, 120_000);

test('answers that get lost: the server took it once, and the client learns so', async () => {
  machine.proxy.swallowsAnswers = true;
  const texts = numbered('Sans réponse', 3);
  const ids = await postAll(nurse, texts);
  await eventually(async () => {
    expect((await timesStored(ids))[0]).toBe(1);
  }, PATIENCE_MS);
  expect((await nurse.liaison.connection()).waiting).toBe(3);
  machine.proxy.swallowsAnswers = false;
  await arrives(texts, ids);
  await eventually(async () => {
    expect((await nurse.liaison.connection()).waiting).toBe(0);
  }, PATIENCE_MS);
}, 180_000);

/** The store as it lies on the disk at this instant, in the hands of a new process. */
async function crash(person: Person, from: string, to: string): Promise<Person> {
  copyFileSync(join(machine.folder, from), join(machine.folder, to));
  await person.liaison.dispose();
  const store = await FileStore.open(join(machine.folder, to));
  return { ...person, ...(await crowd.device({ store, http: person.http })) };
}

test('a client that dies with unsent messages sends them once when it starts again', async () => {
  machine.proxy.away = true;
  machine.proxy.cut();
  const texts = numbered('Avant la panne', 3);
  const ids = await postAll(pharmacist, texts);
  await pause(300);
  const again = await crash(pharmacist, 'pharmacist.store', 'pharmacist.2.store');
  expect((await again.liaison.connection()).waiting).toBe(3);
  machine.proxy.away = false;
  await again.liaison.refresh();
  await arrives(texts, ids);
  pharmacist = again;
}, 180_000);

test('a client that dies after the server took its message does not send another', async () => {
  machine.proxy.swallowsAnswers = true;
  const ids = await postAll(pharmacist, ['Pris, sans le savoir']);
  await eventually(async () => {
    expect(await timesStored(ids)).toEqual([1]);
  }, PATIENCE_MS);
  const again = await crash(pharmacist, 'pharmacist.2.store', 'pharmacist.3.store');
  expect((await again.liaison.connection()).waiting).toBe(1);
  machine.proxy.swallowsAnswers = false;
  await again.liaison.refresh();
  await eventually(async () => {
    expect((await again.liaison.connection()).waiting).toBe(0);
  }, PATIENCE_MS);
  await arrives(['Pris, sans le savoir'], ids);
  pharmacist = again;
}, 180_000);

test('where WebSockets are refused the client polls, says so, and hears all the same', async () => {
  machine.proxy.refusesSockets = true;
  machine.proxy.cut('sockets');
  await eventually(async () => {
    expect((await gp.liaison.connection()).live).toBe('polling');
  }, PATIENCE_MS);
  const sentAt = Date.now();
  const ids = await postAll(nurse, ['Par relève']);
  await arrives(['Par relève'], ids);
  const seconds = ((Date.now() - sentAt) / 1000).toFixed(1);
  expect(machine.proxy.sockets()).toBe(0);
  expect((await gp.liaison.connection()).live).toBe('polling');
  machine.proxy.refusesSockets = false;
  console.info(`faults: without a socket the message was there after ${seconds} s`);
}, 120_000);

const socketsAre = (count: number): Promise<void> =>
  eventually(async () => {
    await Promise.resolve();
    expect(machine.proxy.sockets()).toBe(count);
  });

/** Who fell back to polling while sockets were refused has one again. */
const hears = ({ liaison }: Person): Promise<void> =>
  eventually(async () => {
    expect((await liaison.connection()).live).toBe('socket');
  }, PATIENCE_MS);

test('a client that is closed while it connects neither listens nor writes afterwards', async () => {
  await pharmacist.liaison.dispose();
  for (const person of [boss, nurse, gp]) await hears(person);
  await socketsAre(3);
  const store = await FileStore.open(join(machine.folder, 'pharmacist.3.store'));
  const { liaison } = await crowd.device({ store, http: pharmacist.http });
  await socketsAre(4);
  const connecting = liaison.refresh();
  await liaison.dispose();
  await connecting;
  await arrives(['Après la fermeture'], await postAll(nurse, ['Après la fermeture']));
  await socketsAre(3);
}, 120_000);

test('nobody’s client made a mistake, and nothing is doubted', async () => {
  for (const { liaison } of [nurse, gp]) {
    expect(await liaison.connection()).toMatchObject({ waiting: 0, alarm: null });
  }
  expect(crowd.mistakes).toEqual([]);
});
