/**
 * The server took a device in, and its answer never came: whoever opens the app again is where they
 * would have been, with their keys, and nobody is shut out of what is theirs.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, teamMember } from '@liaison/contract/ids';
import type { Http } from '@liaison/sdk/http';
import { openLiaison } from '@liaison/sdk/liaison';
import { type Device, linkDevice } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';
const ENROLLED = '/api/identities';
const CONTINUED = '/statements';

let world: World;
let people: People;
let words: readonly string[];
let channel: CircleId;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(() => world.close());

/** The same device, whose answers to these requests are lost after the server gave them. */
async function cutOff(device: Device, is: (path: string) => boolean): Promise<Device> {
  const plain = device.http;
  const cut: Http = async (request) => {
    const reply = await plain(request);
    if (is(request.path)) throw new Error('the line was cut');
    return reply;
  };
  const http = Object.assign(cut, { cookies: plain.cookies });
  const { store } = device;
  const liaison = await openLiaison({ origin: world.origin, http, store, socket: false });
  return { liaison, http, store };
}

const again = ({ http, store }: Device) =>
  openLiaison({ origin: world.origin, http, store, socket: false });

test('an enrolment whose answer is lost is found again, with its code and its keys', async () => {
  const device = await world.device(undefined, false);
  const first = await cutOff(device, (path) => path === ENROLLED);
  await expect(world.signIn(first, COLLEAGUE)).rejects.toMatchObject({ code: 'offline' });
  await first.liaison.dispose();
  const liaison = await again(device);
  const { state, person } = await liaison.session();
  expect(state).toBe('backup-needed');
  words = await liaison.recoveryWords();
  await world.rehearse(liaison);
  if (person === null) throw new Error('The colleague has no identity.');
  await people.coordinator.liaison.admit(person);
  await liaison.refresh();
  const team = await liaison.createTeam('Cabinet de la Halle', null, 'practice', 'Laon');
  channel = await liaison.createChannel('Halle', [teamMember(team)]);
  await liaison.post(channel, 'Bonjour', []);
  await eventually(async () => expect((await liaison.connection()).waiting).toBe(0));
  await liaison.dispose();
});

test('a device that the code let in, whose answer is lost, is in all the same', async () => {
  const device = await world.device(undefined, false);
  await world.signIn(device, COLLEAGUE);
  const second = await cutOff(device, (path) => path.endsWith(CONTINUED));
  await expect(linkDevice(second, COLLEAGUE, words)).rejects.toMatchObject({ code: 'offline' });
  await second.liaison.dispose();
  const liaison = await again(device);
  expect((await liaison.session()).state).toBe('ready');
  const said = (await liaison.messages(channel)).map(({ text }) => text);
  expect(said).toEqual([{ state: 'open', value: 'Bonjour' }]);
  expect(await liaison.devices()).toHaveLength(2);
  await liaison.dispose();
});
