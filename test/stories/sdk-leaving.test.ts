/** What stays readable on a device that is locked, signed out, or left for good. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { FileStore } from '@liaison/sdk/store/file.store';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';
const SAID = 'Rendez-vous au bloc B';

let world: World;
let people: People;
let folder: string;
let channel: CircleId;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  folder = await mkdtemp(join(tmpdir(), 'liaison-leaving-'));
  const { nurse, gp, coordinator } = people;
  channel = await nurse.liaison.createChannel('Bloc', [nurse.team, gp.team, coordinator.team]);
  await nurse.liaison.post(channel, SAID, []);
}, 90_000);

afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const words = [{ state: 'open', value: SAID }];

test('signed out, nothing is shown; signed in again, everything is there', async () => {
  const { gp } = people;
  await eventually(async () => {
    expect((await gp.liaison.messages(channel)).map(({ text }) => text)).toEqual(words);
  });
  await gp.liaison.signOut();
  const closed = { code: 'not_signed_in' };
  await expect(gp.liaison.messages(channel)).rejects.toMatchObject(closed);
  await expect(gp.liaison.handoffs()).rejects.toMatchObject(closed);
  await expect(gp.liaison.channels()).rejects.toMatchObject(closed);
  expect((await world.signIn(gp, '899970000032')).state).toBe('ready');
  expect((await gp.liaison.messages(channel)).map(({ text }) => text)).toEqual(words);
});

test('locked, nothing is shown', async () => {
  const { liaison } = people.coordinator;
  await liaison.lock();
  expect((await liaison.session()).state).toBe('locked');
  await expect(liaison.messages(channel)).rejects.toMatchObject({ code: 'session_locked' });
  await expect(liaison.drafts()).rejects.toMatchObject({ code: 'session_locked' });
});

test('a forgotten device keeps nothing, and is ended for everybody', async () => {
  const { nurse, gp } = people;
  const path = join(folder, 'post.log');
  const post = await world.device(await FileStore.open(path));
  const { person } = await world.signIn(post, COLLEAGUE);
  const code = await post.liaison.recoveryWords();
  await world.rehearse(post.liaison);
  if (person === null) throw new Error('The colleague has no identity.');
  await gp.liaison.sync();
  await nurse.liaison.addToTeam(nurse.teamId, person);
  await eventually(async () => {
    expect((await post.liaison.messages(channel)).map(({ text }) => text)).toEqual(words);
  });
  expect(await readFile(path, 'utf8')).toContain(channel);

  expect(await post.liaison.forgetDevice()).toEqual({ ended: true });
  const left = await readFile(path, 'utf8');
  for (const trace of [channel, person, 'person/', 'epoch/', nurse.teamId]) {
    expect(left).not.toContain(trace);
  }
  expect((await post.liaison.session()).state).toBe('signed-out');
  await expect(post.liaison.channels()).rejects.toMatchObject({ code: 'not_signed_in' });

  const next = await world.device();
  expect((await world.signIn(next, COLLEAGUE)).state).toBe('other-device');
  const { authorizeUrl } = await next.liaison.beginRecovery(code, '/');
  expect((await world.comeBack(next, authorizeUrl, COLLEAGUE)).state).toBe('ready');
  const devices = await next.liaison.devices();
  expect(devices.map(({ here, revokedAt }) => [here, revokedAt !== null])).toEqual([
    [false, true],
    [true, false],
  ]);
  await eventually(async () => {
    expect((await next.liaison.messages(channel)).map(({ text }) => text)).toEqual(words);
  });
  await newKeyMade(1);

  // Two devices stay when a third forgets itself: one makes the next key, both open what follows.
  const [second, third] = [await world.device(), await world.device()];
  for (const device of [second, third]) {
    await world.signIn(device, COLLEAGUE);
    const { authorizeUrl: address } = await device.liaison.beginRecovery(code, '/');
    await world.comeBack(device, address, COLLEAGUE);
  }
  expect(await third.liaison.forgetDevice()).toEqual({ ended: true });
  await Promise.all([next, second].map(({ liaison }) => liaison.refresh()));
  await newKeyMade(2);
  const later = await nurse.liaison.createChannel('Garde', [nurse.team]);
  await nurse.liaison.post(later, SAID, []);
  for (const { liaison } of [next, second]) {
    await eventually(async () => {
      expect((await liaison.messages(later)).map(({ text }) => text)).toEqual(words);
    });
    expect((await liaison.connection()).alarm).toBeNull();
  }

  /** Generations of the person's key beside the first: one for each device that ended itself. */
  async function newKeyMade(times: number): Promise<void> {
    const sql = `SELECT count(*)::int AS count FROM identity_statements
      WHERE person_id = $1 AND header LIKE '%"device-revoked"%'`;
    await eventually(async () => {
      const [row] = await world.fixture.database.query<{ count: number }>(sql, [person]);
      expect(row?.count).toBe(times);
    });
  }
}, 60_000);
