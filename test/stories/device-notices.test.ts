/**
 * What is said in somebody's name reaches their other devices: read in their own log, shown until
 * it was seen, and undone from the instant at which it was not them.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DeviceRef } from '@liaison/sdk/face.devices';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { secondDevice } from '../support/second-device.js';
import { World } from '../support/world.js';

const NURSE = '899970000164';
const HOUR = 3_600_000;

let world: World;
let desk: Device;
let phone: Device;
let words: readonly string[];

beforeAll(async () => {
  world = await World.open();
  await world.people();
  desk = await world.device(new MemoryStore(), true, 'Poste');
  await world.signIn(desk, NURSE);
  words = await desk.liaison.recoveryWords();
  await world.rehearse(desk.liaison);
  phone = await secondDevice(world, desk, NURSE, 'Téléphone');
}, 120_000);

afterAll(async () => {
  await world.close();
});

async function told({ liaison }: Device, kinds: readonly string[]) {
  return eventually(async () => {
    await liaison.refresh();
    const notices = await liaison.deviceNotices();
    expect(notices.map(({ kind }) => kind)).toEqual(kinds);
    return notices;
  }, 20_000);
}

async function seeAll(...devices: readonly Device[]): Promise<void> {
  for (const { liaison } of devices) {
    const last = (await liaison.deviceNotices()).at(-1);
    if (last !== undefined) await liaison.deviceNoticesSeen(last.n);
    expect(await liaison.deviceNotices()).toEqual([]);
  }
}

async function called(name: string): Promise<DeviceRef> {
  return eventually(async () => {
    await desk.liaison.refresh();
    const one = (await desk.liaison.devices()).find((device) => device.name === name);
    if (one === undefined) throw new Error(`No device is called ${name}.`);
    return one;
  }, 20_000);
}

async function confirm({ liaison }: Device, typed: readonly string[]): Promise<void> {
  const answers = Object.fromEntries(typed.map((word, at) => [at, word]));
  expect(await liaison.confirmRecovery(answers)).toBe(true);
}

const live = async ({ liaison }: Device): Promise<(string | null)[]> =>
  (await liaison.devices()).filter((one) => one.revokedAt === null).map(({ name }) => name);

test('who says it is not told; who was not there before it is not either', async () => {
  await told(desk, []);
  await told(phone, []);
});

test('a device that the paper let in is told to all others, with whom to revoke', async () => {
  const found = await world.device(new MemoryStore(), true, 'Trouvée');
  await world.signIn(found, NURSE);
  const { authorizeUrl } = await found.liaison.beginRecovery(words, '/');
  expect((await world.comeBack(found, authorizeUrl, NURSE)).state).toBe('ready');
  await called('Trouvée');
  for (const one of [desk, phone]) {
    await told(one, ['device.added']);
    await eventually(async () => {
      const [notice] = await one.liaison.deviceNotices();
      expect(notice).toMatchObject({ by: null, undone: false, culprit: { name: 'Trouvée' } });
    });
  }
  // The server's notice says that something changed, once, and nothing of what.
  await eventually(async () => {
    const all = await phone.liaison.notifications();
    const ours = all.filter(({ kind }) => kind === 'device-changed');
    expect(ours).toEqual([expect.objectContaining({ circle: null, readAt: null })]);
  });
  await seeAll(desk, phone, found);
}, 60_000);

test('what a stolen device said since then falls: the device that it let in, the new sheet', async () => {
  await world.pass(HOUR);
  const before = Date.now();
  const thief = await called('Téléphone');
  const theirs = await secondDevice(world, phone, NURSE, 'Celui du voleur');
  await confirm(phone, (await phone.liaison.replaceRecovery()).words);
  const [added, replaced] = await told(desk, ['device.added', 'recovery-key.set']);
  expect(added).toMatchObject({ by: { name: 'Téléphone' }, culprit: { name: 'Téléphone' } });
  expect(replaced).toMatchObject({ by: { name: 'Téléphone' }, about: null });
  await called('Celui du voleur');
  expect(before).toBeLessThan(added?.at ?? 0);

  const { revocation } = desk.liaison;
  const kept = await revocation.call(desk.liaison, thief.device, null);
  expect(kept).toEqual({ state: 'may', falls: 0, devices: [], back: [], paper: 'same' });
  const since = await revocation.call(desk.liaison, thief.device, added?.at ?? 0);
  expect(since).toMatchObject({
    state: 'may',
    devices: [{ name: 'Celui du voleur' }],
    back: [],
    paper: 'former',
  });
  // Who would fall with it cannot say so.
  const own = await theirs.liaison.revocation(thief.device, added?.at ?? 0);
  expect(own).toEqual({ state: 'would-end-this-one' });

  await desk.liaison.revokeDevice(thief.device, added?.at ?? 0);
  expect((await live(desk)).sort()).toEqual(['Poste', 'Trouvée']);
  expect((await desk.liaison.deviceNotices()).map(({ undone }) => undone)).toEqual([true, true]);
  for (const { liaison } of [phone, theirs]) {
    await eventually(async () => {
      await liaison.refresh();
      const { state, ended } = await liaison.session();
      expect(state).toBe('device-ended');
      expect(ended?.by?.fingerprint).toBe((await called('Poste')).fingerprint);
    });
  }
  // A sheet made by whoever stays lets an empty device in.
  const sheet = await desk.liaison.replaceRecovery();
  await confirm(desk, sheet.words);
  const empty = await world.device(new MemoryStore(), true, 'Retour');
  await world.signIn(empty, NURSE);
  const { authorizeUrl } = await empty.liaison.beginRecovery(sheet.words, '/');
  expect((await world.comeBack(empty, authorizeUrl, NURSE)).state).toBe('ready');
}, 90_000);
