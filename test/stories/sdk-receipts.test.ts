/** Who has read what reaches its sender, however poor the line and whatever restarts meanwhile. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import type { Http } from '@liaison/sdk/http';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;
const clients: Liaison[] = [];

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  for (const client of clients) await client.dispose();
  await world.close();
});

/** The same device again, behind a line that lets no socket through. */
async function again({ store, http, liaison }: Player, line: Http = http): Promise<Liaison> {
  await liaison.dispose();
  const client = await openLiaison({ origin: world.origin, http: line, store, socket: false });
  clients.push(client);
  return client;
}

async function readAt(client: Liaison, id: CircleId, { team }: Player): Promise<number | null> {
  const view = await client.handoff(id);
  return view?.addressees.find(({ party }) => party.member === team)?.readAt ?? null;
}

test('a sender without a socket sees that the letter was read', async () => {
  const { nurse, gp } = people;
  const sender = await again(nurse);
  const id = await sender.sendHandoff(draftOf(nurse, [gp]));
  await eventually(async () => {
    expect(await gp.liaison.handoff(id)).not.toBeNull();
  });
  await gp.liaison.markRead(id);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await eventually(async () => {
    expect(await readAt(sender, id, gp)).not.toBeNull();
  });
});

test('what was read while the line was down is told after a restart', async () => {
  const { coordinator, idel } = people;
  const cut: Http = Object.assign(
    (request: Parameters<Http>[0]) => {
      if (request.path === '/api/lanes') return Promise.reject(new Error('the line is down'));
      return idel.http(request);
    },
    { cookies: idel.http.cookies },
  );
  const reader = await again(idel, cut);
  const id = await coordinator.liaison.sendHandoff(draftOf(coordinator, [idel]));
  await reader.sync();
  await reader.markRead(id);
  await reader.dispose();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await readAt(coordinator.liaison, id, idel)).toBeNull();

  await again(idel);
  await eventually(async () => {
    expect(await readAt(coordinator.liaison, id, idel)).not.toBeNull();
  });
});
