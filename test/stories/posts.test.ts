/**
 * A ward's shared post: a nurse opens it with her phone, works in her own name, and leaves nothing
 * behind. Fifty times a day, and neither her devices nor anybody's keys are the more for it.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { TABLES } from '@liaison/sdk/store/store';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { openAgain, openPost, untilSent } from '../support/shared-post.js';
import { type People, World } from '../support/world.js';

const SIGN_INS = 50;
/** Every one of them could write; one in five does, for the sake of the suite's minutes. */
const WRITES_EACH = 5;
const OPENED_WITHIN_S = 10;
const BELIEVED_MS = 31_000;

let world: World;
let people: People;
let channel: CircleId;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { nurse, gp } = people;
  channel = await nurse.liaison.createChannel('Relève', [nurse.team, gp.team]);
  await nurse.liaison.post(channel, 'Bonjour à la relève', []);
}, 90_000);

afterAll(async () => {
  await world.close();
});

/** What the server holds of the nurse: statements, key generations, and epochs of her circles. */
async function footprint() {
  const { person } = people.nurse;
  const count = async (sql: string): Promise<number> => {
    const [row] = await world.fixture.database.query<{ n: number }>(sql, [person]);
    return row?.n ?? -1;
  };
  return {
    statements: await count(
      'SELECT count(*)::int AS n FROM identity_statements WHERE person_id = $1',
    ),
    devices: await count('SELECT count(*)::int AS n FROM devices WHERE person_id = $1'),
    generations: await count('SELECT count(*)::int AS n FROM person_keys WHERE person_id = $1'),
    copies: await count('SELECT count(*)::int AS n FROM person_key_copies WHERE person_id = $1'),
    epochs: await count(`SELECT count(*)::int AS n FROM items
                          WHERE kind IN ('epoch.opened', 'member.removed') AND $1 <> ''`),
  };
}

test('is opened by the phone within seconds, reads at once, and writes in her name', async () => {
  const began = performance.now();
  const post = await openPost(world, people.nurse.liaison, true);
  expect((await post.liaison.session()).state).toBe('ready');
  await eventually(async () => {
    const [first] = await post.liaison.messages(channel);
    expect(first?.text).toEqual({ state: 'open', value: 'Bonjour à la relève' });
  });
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`Post opened and read in ${seconds.toFixed(2)} s, the tap apart.\n`);
  expect(seconds).toBeLessThan(OPENED_WITHIN_S);
  await post.liaison.post(channel, 'Chambre 12 prête', []);
  await eventually(async () => {
    const last = (await people.gp.liaison.messages(channel)).at(-1);
    expect(last?.text).toEqual({ state: 'open', value: 'Chambre 12 prête' });
    expect(last?.author.person).toBe(people.nurse.person);
  });
  expect((await people.gp.liaison.connection()).alarm).toBeNull();
  await expect(post.liaison.endPosts()).rejects.toMatchObject({ code: 'at-post' });
  await expect(post.liaison.invite('Ami', 'other')).rejects.toMatchObject({ code: 'at-post' });
  await untilSent(post);
  expect(await post.liaison.forgetDevice()).toEqual({ ended: true });
  expect((await post.liaison.session()).state).toBe('signed-out');
}, 30_000);

test('fifty times a day leaves her devices, her log and everybody’s keys as they were', async () => {
  const before = await footprint();
  const began = performance.now();
  for (let at = 1; at <= SIGN_INS; at++) {
    const post = await openPost(world, people.nurse.liaison);
    if (at % WRITES_EACH === 0) await post.liaison.post(channel, `Passage ${String(at)}`, []);
    await untilSent(post);
    await post.liaison.forgetDevice();
  }
  const seconds = (performance.now() - began) / 1000;
  expect(await footprint()).toEqual(before);
  expect(await people.nurse.liaison.devices()).toHaveLength(before.devices);
  await eventually(async () => {
    const said = await people.gp.liaison.messages(channel);
    expect(said.at(-1)?.text).toEqual({ state: 'open', value: `Passage ${String(SIGN_INS)}` });
  });
  const figures = JSON.stringify(before);
  process.stdout.write(`${String(SIGN_INS)} sign-ins in ${seconds.toFixed(1)} s: ${figures}\n`);
}, 240_000);

test('is ended from the phone: nothing more is shown, written or read', async () => {
  const post = await openPost(world, people.nurse.liaison);
  const open = await people.nurse.liaison.sessions();
  expect(open.filter(({ means }) => means === 'device')).not.toEqual([]);
  await people.nurse.liaison.endPosts();
  const left = await people.nurse.liaison.sessions();
  expect(left.filter(({ means }) => means === 'device')).toEqual([]);
  await eventually(async () => {
    await post.liaison.refresh();
    expect((await post.liaison.session()).state).toBe('signed-out');
  });
  await expect(post.liaison.messages(channel)).rejects.toMatchObject({ code: 'not_signed_in' });
}, 30_000);

test('a key that moves takes its word away; the phone gives it back, and what was typed is there', async () => {
  const { nurse, gp } = people;
  const post = await openPost(world, nurse.liaison);
  const { post: standing } = await post.liaison.session();
  expect(standing?.until).toBeGreaterThan(Date.now());
  await post.liaison.keepUnsent(channel, 'Le lit est prêt pour');
  await nurse.liaison.replaceRecovery();
  await world.rehearse(nurse.liaison);
  await eventually(async () => {
    await post.liaison.refresh();
    await expect(post.liaison.createChannel('Trop tard', [nurse.team])).rejects.toMatchObject({
      code: 'lease_over',
    });
  });
  expect((await post.liaison.session()).state).toBe('lease-over');
  // What was learnt of a team is believed for half a minute.
  await world.pass(BELIEVED_MS);
  await gp.liaison.refresh();
  await gp.liaison.post(channel, 'Après la fin', []);
  await eventually(async () => {
    const last = (await nurse.liaison.messages(channel)).at(-1);
    expect(last?.text).toEqual({ state: 'open', value: 'Après la fin' });
  });
  await post.liaison.refresh();
  expect(await said(post)).not.toContainEqual({ state: 'open', value: 'Après la fin' });
  // Somebody else's phone does not get what was typed here.
  const { address: foreign } = await post.liaison.askPost();
  await gp.liaison.openLink(foreign);
  await eventually(async () => {
    await expect(post.liaison.postAsked()).rejects.toMatchObject({ code: 'other-person' });
  });
  await openAgain(post, nurse.liaison);
  expect((await post.liaison.session()).state).toBe('ready');
  expect(await post.liaison.unsent(channel)).toBe('Le lit est prêt pour');
  await eventually(async () => {
    expect(await said(post)).toContainEqual({ state: 'open', value: 'Après la fin' });
  });
}, 60_000);

async function said({ liaison }: Device) {
  return (await liaison.messages(channel)).map(({ text }) => text);
}

test('a phone that has not heard of her newest key lends it all the same', async () => {
  const { nurse } = people;
  const tablet = await world.device(undefined, false);
  await world.signIn(tablet, '899970000016');
  await linkTo(nurse.liaison, tablet);
  await nurse.liaison.replaceRecovery();
  await world.rehearse(nurse.liaison);
  const post = await openPost(world, tablet.liaison);
  expect((await post.liaison.session()).state).toBe('ready');
  await post.liaison.forgetDevice();
}, 30_000);

async function linkTo(phone: Liaison, { liaison }: Device): Promise<void> {
  const { address } = await liaison.askLink();
  await phone.openLink(address);
  await eventually(async () => expect((await liaison.linkAsked())?.state).toBe('granting'));
  await phone.linkOffered();
  await phone.grantLink();
  await eventually(async () => expect((await liaison.linkAsked())?.state).toBe('linked'));
}

test('a post that was reloaded leaves no name in a store that lasts', async () => {
  const post = await openPost(world, people.nurse.liaison);
  const kept = new MemoryStore();
  const { origin } = world;
  const after = await openLiaison({ origin, http: post.http, store: kept, socket: false });
  const seen = await after.session();
  expect(seen.state).toBe('post-gone');
  const { person } = people.nurse;
  const rows = await Promise.all(TABLES.map((table) => kept.scan(table, '')));
  expect(JSON.stringify(rows)).not.toContain(person);
  expect(JSON.stringify(rows)).not.toContain(seen.name);
  await after.askPost();
  expect((await after.session()).state).toBe('signed-out');
  await after.dispose();
}, 30_000);
