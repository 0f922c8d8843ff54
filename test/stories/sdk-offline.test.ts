/**
 * Without a server a device shows what it has, at once, and what is written on it waits and leaves
 * by itself: a server that is gone says so, a network that swallows everything never does.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { MessageView } from '@liaison/sdk/face';
import type { Http } from '@liaison/sdk/http';
import { openLiaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { type People, World } from '../support/world.js';

/** What a person takes for "at once", on a machine that does other things too. */
const AT_ONCE_MS = 1000;

let world: World;
let people: People;
let channel: CircleId;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { nurse, gp } = people;
  channel = await nurse.liaison.createChannel('Garde du week-end', [nurse.team, gp.team]);
  await nurse.liaison.post(channel, 'Avec réseau.', []);
  await eventually(async () => {
    await gp.liaison.sync();
    expect((await gp.liaison.messages(channel)).map(({ delivery }) => delivery)).toEqual(['sent']);
  });
}, 90_000);

afterAll(async () => {
  await world.close();
}, 30_000);

async function atOnce<T>(work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const value = await work();
  expect(Date.now() - started).toBeLessThan(AT_ONCE_MS);
  return value;
}

const last = (all: readonly MessageView[]) => {
  const one = all.at(-1);
  const text = one?.text.state === 'open' ? one.text.value : '';
  return { text, delivery: one?.delivery, author: one?.author.name };
};

test('a server that is gone: written, shown as sending, and sent when it is back', async () => {
  const { liaison } = people.gp;
  const { name } = await liaison.session();
  await world.stopServer();
  await atOnce(() => liaison.post(channel, 'Sans réseau.', []));
  const shown = await atOnce(() => liaison.messages(channel));
  expect(last(shown)).toEqual({ text: 'Sans réseau.', delivery: 'sending', author: name });
  await eventually(async () => {
    expect((await liaison.connection()).live).toBe('offline');
  }, 30_000);
  await atOnce(() => liaison.channels());
  await atOnce(() => liaison.communityTeams());
  await world.startServer();
  await eventually(async () => {
    expect(last(await liaison.messages(channel)).delivery).toBe('sent');
  }, 60_000);
}, 120_000);

test('a network that swallows everything keeps nobody from what the device has', async () => {
  const { store } = people.gp;
  const hole: Http = () => new Promise<never>(() => undefined);
  await people.gp.liaison.dispose();
  const started = Date.now();
  const again = await openLiaison({
    origin: world.origin,
    http: hole,
    store,
    socket: false,
    storeFirst: true,
  });
  expect(Date.now() - started).toBeLessThan(LIMITS.viewWaitMs.value + AT_ONCE_MS);
  expect((await again.session()).state).toBe('ready');
  expect(last(await again.messages(channel)).text).toBe('Sans réseau.');
  await atOnce(() => again.post(channel, 'Dans le vide.', []));
  const shown = await atOnce(() => again.messages(channel));
  expect(last(shown)).toMatchObject({ text: 'Dans le vide.', delivery: 'sending' });
}, 60_000);
