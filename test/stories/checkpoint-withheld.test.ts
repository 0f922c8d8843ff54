/** A server that refuses to show its tree's head is caught at it, and stops nobody from working. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TRANSPARENCY_ROUTES } from '@liaison/contract/transparency';
import { nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { World } from '../support/world.js';

const NURSE = '899970000164';

let world: World;
let liaison: Liaison;
let withheld = false;

beforeAll(async () => {
  world = await World.open();
}, 90_000);

afterAll(async () => {
  await liaison.dispose();
  await world.close();
});

test('the client opens, works, says what is withheld, and heals when it is shown', async () => {
  const plain = nodeHttp(world.origin);
  const refusal = { type: 'about:blank', title: 'x', status: 404, code: 'not_found' };
  const http = Object.assign(
    (request: Parameters<typeof plain>[0]) =>
      withheld && request.path.startsWith(TRANSPARENCY_ROUTES.checkpoint.path)
        ? Promise.resolve({
            status: 404,
            headers: { 'content-type': 'application/problem+json' },
            body: new TextEncoder().encode(JSON.stringify(refusal)),
          })
        : plain(request),
    { cookies: plain.cookies },
  );
  const store = new MemoryStore();
  const open = () => openLiaison({ origin: world.origin, http, store, socket: false });
  liaison = await open();
  await world.signIn({ liaison, http }, NURSE);
  await world.rehearse(liaison);
  await liaison.dispose();

  withheld = true;
  liaison = await open();
  expect((await liaison.connection()).alarm).toEqual({
    code: 'checkpoint-withheld',
    circle: null,
  });
  const community = await liaison.createCommunity('CPTS du Laonnois', null, 'Laon');
  await liaison.post(community, 'Bonjour', []);
  expect((await liaison.messages(community)).map(({ text }) => text)).toEqual([
    { state: 'open', value: 'Bonjour' },
  ]);
  expect((await liaison.connection()).live).toBe('polling');

  withheld = false;
  await liaison.refresh();
  expect((await liaison.connection()).alarm).toBeNull();
}, 60_000);
