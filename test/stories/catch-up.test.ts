/** Coming back after an absence: everything is there, once, in one order, however it was missed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Http, HttpRequest } from '@liaison/sdk/http';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { throughMirror } from '../support/mirror.js';
import { type People, type Player, World } from '../support/world.js';

const ENTRIES = 300;

let world: World;
let people: People;
const opened: Liaison[] = [];

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  for (const liaison of opened) await liaison.dispose();
  await world.close();
});

async function wordsIn(liaison: Liaison, channel: CircleId) {
  const messages = await liaison.messages(channel);
  return messages.map(({ text }) => (text.state === 'open' ? text.value : text.state));
}

const said = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `Passage ${String(from + i)}`);

async function postAll(player: Player, channel: CircleId, words: readonly string[]) {
  for (const text of words) await player.liaison.post(channel, text, []);
  await eventually(async () => {
    expect((await player.liaison.connection()).waiting).toBe(0);
  }, 60_000);
}

/** Somebody comes back with the store they left with. */
async function backWith(player: Player, http: Http, socket = false): Promise<Liaison> {
  const { store } = player;
  const liaison = await openLiaison({ origin: world.origin, http, store, socket });
  opened.push(liaison);
  return liaison;
}

/** What a client asks for, written down. */
function noting(http: Http, asked: string[]): Http {
  return (request: HttpRequest) => {
    asked.push(`${request.method} ${request.path}`);
    return http(request);
  };
}

test('away for three hundred entries: all of them, in order, from where one left', async () => {
  const { nurse, gp } = people;
  const channel = await nurse.liaison.createChannel('Passages', [nurse.team, gp.team]);
  await postAll(nurse, channel, said(3));
  await eventually(async () => {
    expect(await wordsIn(gp.liaison, channel)).toEqual(said(3));
  });
  await gp.liaison.dispose();
  await postAll(nurse, channel, said(ENTRIES, 3));

  const asked: string[] = [];
  const back = await backWith(gp, noting(gp.http, asked));
  expect(await wordsIn(back, channel)).toEqual(said(ENTRIES + 3));
  const pages = asked.filter((one) => one.includes(`/circles/${channel}/items`));
  expect(pages.length).toBeLessThanOrEqual(Math.ceil(ENTRIES / LIMITS.pageItems.value) + 1);
  expect(pages[0]).toMatch(/after=[1-9]/);
  await back.sync();
  expect(await wordsIn(back, channel)).toEqual(said(ENTRIES + 3));
  const anew = await throughMirror(world, nurse, (liaison) => wordsIn(liaison, channel));
  expect(anew).toEqual(said(ENTRIES + 3));
  expect((await back.connection()).alarm).toBeNull();
}, 120_000);

test('a reply that never came: sent again byte for byte, it is one entry', async () => {
  const { idel, nurse } = people;
  const channel = await nurse.liaison.createChannel('Doublons', [nurse.team, idel.team]);
  await idel.liaison.sync();
  await idel.liaison.dispose();
  const submission = CIRCLE_ROUTES.submit.path;
  const bodies: string[] = [];
  const lossy: Http = async (request) => {
    const reply = await idel.http(request);
    if (request.path !== submission) return reply;
    bodies.push(String(request.body));
    // The first two answers are lost on their way back.
    if (bodies.length <= 2) throw new TypeError('connection reset');
    return reply;
  };
  const back = await backWith(idel, lossy);
  await back.post(channel, 'Une seule fois', []);
  await eventually(async () => {
    expect((await back.connection()).waiting).toBe(0);
  }, 20_000);
  expect(bodies.length).toBeGreaterThanOrEqual(3);
  expect(new Set(bodies).size).toBe(1);
  await nurse.liaison.sync();
  for (const liaison of [back, nurse.liaison]) {
    await liaison.sync();
    expect(await wordsIn(liaison, channel)).toEqual(['Une seule fois']);
  }
}, 60_000);

test('entries of several people at once stand in one order for everybody', async () => {
  const { nurse, pharmacist, coordinator } = people;
  const members = [nurse.team, pharmacist.team, coordinator.team];
  const channel = await nurse.liaison.createChannel('Ensemble', members);
  await eventually(async () => {
    for (const { liaison } of [pharmacist, coordinator]) {
      expect((await liaison.channels()).some(({ id }) => id === channel)).toBe(true);
    }
  });
  const writers = [nurse, pharmacist, coordinator];
  await Promise.all(writers.map((player, i) => postAll(player, channel, said(15, i * 100))));
  await Promise.all(writers.map(({ liaison }) => liaison.sync()));
  const orders = await Promise.all(writers.map(({ liaison }) => wordsIn(liaison, channel)));
  expect(orders[0]).toHaveLength(45);
  expect(new Set(orders[0]).size).toBe(45);
  expect(orders[1]).toEqual(orders[0]);
  expect(orders[2]).toEqual(orders[0]);
  // Each writer's own words keep the order in which they were written.
  for (const [i] of writers.entries()) {
    const own = said(15, i * 100);
    expect(orders[0]?.filter((text) => own.includes(text))).toEqual(own);
  }
}, 90_000);

test('where no socket passes, the client says that it polls, and hears all the same', async () => {
  const { nurse, pharmacist } = people;
  const channel = await nurse.liaison.createChannel('Sans socket', [nurse.team, pharmacist.team]);
  await pharmacist.liaison.sync();
  await pharmacist.liaison.dispose();
  // As behind a proxy that lets nothing but plain requests through.
  const { http } = pharmacist;
  const plain: Http = Object.assign((request: HttpRequest) => http(request), {
    cookies: () => '',
  });
  const polling = await backWith(pharmacist, plain, true);
  await eventually(async () => {
    expect((await polling.connection()).live).toBe('polling');
  });
  await nurse.liaison.post(channel, 'Sans prise', []);
  await eventually(async () => {
    expect(await wordsIn(polling, channel)).toEqual(['Sans prise']);
  }, 2 * LIMITS.pollMs.value);
  await polling.post(channel, 'Bien reçu', []);
  await eventually(async () => {
    expect(await wordsIn(nurse.liaison, channel)).toEqual(['Sans prise', 'Bien reçu']);
  });
  expect((await polling.connection()).live).toBe('polling');
}, 90_000);
