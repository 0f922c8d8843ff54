/**
 * A community of fifteen hundred: its people sit in sectors, and a lost phone makes others seal to
 * one sector and to the list of sectors again, not to everybody.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { type CircleId, type PersonId, personMember } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Engine } from '@liaison/sdk/engine';
import type { Http } from '@liaison/sdk/http';
import { nodeHttp } from '@liaison/sdk/http-node';
import { openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { enrolCrowd } from '../support/made-crowd.js';
import { eventually } from '../support/eventually.js';
import { World } from '../support/world.js';
import type { Device } from '../../tools/cast/device.js';

const PEOPLE = 1500;
const PROFESSIONAL = '899970000164';

let world: World;
let boss: Counted;
let phone: Counted;
let words: readonly string[];
let crowd: readonly PersonId[] = [];
const opened: Counted[] = [];
let community: CircleId;

/** A client whose sealed copies are counted as they leave it. */
interface Counted extends Device {
  /** Copies in each submission so far. */
  readonly copies: number[];
}

interface Submitted {
  readonly items: readonly { readonly copies?: readonly unknown[] }[];
}

async function counted(): Promise<Counted> {
  const copies: number[] = [];
  const plain = nodeHttp(world.origin);
  const http: Http = Object.assign(
    (request: Parameters<Http>[0]) => {
      if (request.path === CIRCLE_ROUTES.submit.path && request.body !== undefined) {
        const { items } = JSON.parse(Buffer.from(request.body).toString()) as Submitted;
        copies.push(items.reduce((sum, item) => sum + (item.copies?.length ?? 0), 0));
      }
      return plain(request);
    },
    { cookies: plain.cookies },
  );
  const store = new MemoryStore();
  const liaison = await openLiaison({ origin: world.origin, http, store, socket: false });
  const client = { liaison, http, store, copies };
  opened.push(client);
  return client;
}

/** A professional on a first device, whose printed code is kept for the second. */
async function enrolled(): Promise<PersonId> {
  phone = await counted();
  const { person } = await world.signIn(phone, PROFESSIONAL);
  words = await phone.liaison.recoveryWords();
  await world.rehearse(phone.liaison);
  if (person === null) throw new Error('The professional has no identity.');
  return person;
}

async function linked(): Promise<Counted> {
  const tablet = await counted();
  await world.signIn(tablet, PROFESSIONAL);
  const { authorizeUrl } = await tablet.liaison.beginRecovery(words, '/');
  await world.comeBack(tablet, authorizeUrl, PROFESSIONAL);
  return tablet;
}

const engineOf = ({ liaison }: Counted): Engine => Reflect.get(liaison, 'engine') as Engine;

async function texts({ liaison }: Counted): Promise<(string | null)[]> {
  const messages = await liaison.messages(community);
  return messages.map(({ text }) => (text.state === 'open' ? text.value : null));
}

/** Copies that left the client during an act. */
async function copiesOf(client: Counted, act: () => Promise<unknown>): Promise<number> {
  const before = client.copies.length;
  await act();
  await eventually(async () => {
    expect((await client.liaison.connection()).waiting).toBe(0);
  });
  return client.copies.slice(before).reduce((sum, count) => sum + count, 0);
}

const said = (line: string): boolean => process.stdout.write(`  ${line}\n`);

beforeAll(async () => {
  world = await World.open();
  boss = await counted();
  await world.accept(boss, await world.operatorLink('Léonie Fontaine'));
  await world.rehearse(boss.liaison);
  community = await boss.liaison.createCommunity('CPTS du Laonnois', '029970071', 'Laon');
}, 60_000);

afterAll(async () => {
  for (const { liaison } of opened) await liaison.dispose();
  await world.close();
});

test('fifteen hundred are let in, none in person, no sector above sixty-four', async () => {
  crowd = await enrolCrowd(world, PEOPLE);
  const sealed = await copiesOf(boss, () => boss.liaison.admit(...crowd));
  const { library, groups } = engineOf(boss);
  const { state } = await library.book(community);
  if (state === null) throw new Error('There is no community.');
  const sectors = await groups.sectorsOf(state);
  expect(await groups.seated(state)).toBe(PEOPLE);
  expect(Math.max(...sectors.map(({ members }) => members.size))).toBe(LIMITS.sectorPeople.value);
  expect(state.members.size).toBe(sectors.length + 1);
  said(`${PEOPLE} let in: ${sectors.length} sectors, ${sealed} copies sealed`);
}, 300_000);

test('one more costs one sealed copy, and reads the room through a sector', async () => {
  const person = await enrolled();
  const sealed = await copiesOf(boss, () => boss.liaison.admit(person));
  await boss.liaison.post(community, 'Bienvenue', []);
  await phone.liaison.refresh();
  await eventually(async () => {
    await phone.liaison.refresh();
    expect(await texts(phone)).toEqual(['Bienvenue']);
  });
  expect(await phone.liaison.teams()).toEqual([]);
  expect(sealed).toBe(1);
  const [room] = await phone.liaison.channels();
  expect(room?.others).toBe(PEOPLE + 1);
  said(`one more let in: ${sealed} copy sealed`);
});

test('a circle that outgrows its list moves its people over, a few in each act', async () => {
  const early = crowd.slice(0, 150).map(personMember);
  const late = crowd.slice(150, 201).map(personMember);
  const channel = await boss.liaison.createChannel('Épidémie', []);
  await boss.liaison.addMembers(channel, early);
  await boss.liaison.addMembers(channel, late);
  const { library, groups } = engineOf(boss);
  const { state } = await library.book(channel);
  if (state === null) throw new Error('There is no channel.');
  const inPerson = early.filter((member) => state.members.has(member));
  expect(inPerson).toHaveLength(early.length - LIMITS.sectorMoves.value);
  const [sector, ...more] = await groups.sectorsOf(state);
  expect(more).toEqual([]);
  const me = personMember(engineOf(boss).vault.me());
  const gone = early.filter((member) => !inPerson.includes(member));
  expect(new Set(sector?.members.keys())).toEqual(new Set([me, ...late, ...gone]));
}, 60_000);

test('a lost phone makes others seal to one sector and to the list of sectors', async () => {
  const tablet = await linked();
  const lost = (await tablet.liaison.devices()).find(({ here }) => !here);
  if (lost === undefined) throw new Error('The lost phone is not listed.');
  const own = await copiesOf(tablet, () => tablet.liaison.revokeDevice(lost.device));
  const list = await copiesOf(boss, async () => {
    await boss.liaison.refresh();
    // What was known of sectors is believed for half a minute, which here passes at once.
    engineOf(boss).teams.distrust();
    await boss.liaison.post(community, 'Rien de nouveau pour le téléphone perdu', []);
  });
  const { state } = await engineOf(boss).library.book(community);
  expect(own).toBeLessThanOrEqual(LIMITS.sectorPeople.value);
  expect(list).toBe(state?.members.size);
  said(`a phone lost among ${PEOPLE + 2}: ${own} copies in its sector, ${list} in the community`);
  await eventually(async () => {
    await tablet.liaison.refresh();
    expect((await texts(tablet)).at(-1)).toContain('Rien de nouveau');
  });
  expect(await engineOf(phone).keyring.epoch(community, state?.epoch?.epoch ?? 0)).toBeNull();
});
