/** Somebody's key moves, and whoever writes to them next has not heard of it yet. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PersonId, personMember } from '@liaison/contract/ids';
import type { Liaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { secondDevice } from '../support/second-device.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';
/** Longer than a reader believes the tree of identities without asking again. */
const TREE_GROWS_OLD_MS = 31_000;

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
});

async function colleague(): Promise<{ liaison: Liaison; person: PersonId }> {
  const device = await world.device();
  const { person } = await world.signIn(device, COLLEAGUE);
  if (person === null) throw new Error('The colleague has no identity.');
  await world.rehearse(device.liaison);
  await people.coordinator.liaison.admit(person);
  await device.liaison.refresh();
  return { liaison: device.liaison, person };
}

test('a channel is made with somebody who ended a phone a moment ago', async () => {
  const { liaison, person } = await colleague();
  const phone = await secondDevice(world, { liaison }, COLLEAGUE);
  const { nurse } = people;
  const members = [nurse.team, personMember(person)];
  // From here on the nurse believes what she has just read of the colleague.
  await world.pass(TREE_GROWS_OLD_MS);
  await nurse.liaison.createChannel('Avant', members);

  const lost = (await phone.liaison.devices()).find(({ here }) => here);
  if (lost === undefined) throw new Error('The phone is not listed.');
  await liaison.revokeDevice(lost.device);
  const channel = await nurse.liaison.createChannel('Après', members);

  await nurse.liaison.post(channel, 'Bien reçu ?', []);
  await eventually(async () => {
    const [message] = await liaison.messages(channel);
    expect(message?.text).toEqual({ state: 'open', value: 'Bien reçu ?' });
  });
});
