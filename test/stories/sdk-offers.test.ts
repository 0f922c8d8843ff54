/**
 * An offer that is refused because something moved meanwhile is signed again, and loses nothing.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import type { Http } from '@liaison/sdk/http';
import { nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { eventually } from '../support/eventually.js';
import { draftOf, HOUR_MS } from '../support/handoff-draft.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';
const FILE_BYTES = 600_000;

let world: World;
let people: People;
let colleague: Liaison;
/** What the colleague's device asked of the server. */
const asked: string[] = [];
const refusals: number[] = [];

/** A colleague in the nurse's team, on a device that hears nothing unless it asks. */
beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { nurse, coordinator } = people;
  const plain = nodeHttp(world.origin);
  const http: Http = Object.assign(
    async (request: Parameters<Http>[0]) => {
      const reply = await plain(request);
      asked.push(`${request.method} ${request.path}`);
      if (reply.status >= 400) refusals.push(reply.status);
      return reply;
    },
    { cookies: plain.cookies },
  );
  const store = new MemoryStore();
  colleague = await openLiaison({ origin: world.origin, http, store, socket: false });
  const { person } = await world.signIn({ liaison: colleague, http }, COLLEAGUE);
  await world.rehearse(colleague);
  if (person === null) throw new Error('The colleague has no identity.');
  await coordinator.liaison.admit(person);
  await nurse.liaison.addToTeam(nurse.teamId, person);
  await colleague.refresh();
}, 90_000);

afterAll(async () => {
  await colleague.dispose();
  await world.close();
});

test('a refused offer goes out under new circles, with its files sent once', async () => {
  const { nurse, gp, pharmacist } = people;
  const first = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await colleague.refresh();
  await nurse.liaison.reassign(first, gp.team, pharmacist.team, Date.now() + HOUR_MS);
  asked.length = refusals.length = 0;

  const file = { name: 'plaie.jpg', mediaType: 'image/jpeg', bytes: new Uint8Array(FILE_BYTES) };
  const wish = draftOf(nurse, [gp], { supersedes: first, attachments: [file] });
  const second: CircleId = await colleague.sendHandoff(wish);

  expect(refusals).toEqual([409]);
  const sent = asked.filter((one) => one.startsWith('PUT') && one.includes('/chunks/'));
  expect(sent.length).toBeGreaterThan(1);
  expect(new Set(sent).size).toBe(sent.length);
  expect(await colleague.drafts()).toEqual([]);
  await eventually(async () => {
    const view = await gp.liaison.handoff(second);
    const [ref] = view?.letter.state === 'open' ? view.letter.value.attachments : [];
    if (ref === undefined) throw new Error('The photo is missing.');
    expect((await gp.liaison.attachment(second, ref)).length).toBe(FILE_BYTES);
    expect((await gp.liaison.handoff(first))?.phase).toBe('superseded');
  });
  expect((await gp.liaison.connection()).alarm).toBeNull();
});
