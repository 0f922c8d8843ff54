/** Somebody lost every device and the paper: what they may do, who may stop it, what comes back. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Problem } from '@liaison/contract/errors';
import { type CircleId, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Liaison } from '@liaison/sdk/liaison';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { enrolled, joined } from '../support/newcomer.js';
import { type People, World } from '../support/world.js';

const NURSE = '899970000164';
const DOCTOR = '899970000024';
const WAIT = LIMITS.resetWaitMs.value;
const HOUR = 3_600_000;

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 120_000);

afterAll(async () => {
  await world.close();
});

async function heard(liaison: Liaison, channel: CircleId): Promise<string[]> {
  await liaison.sync();
  const messages = await liaison.messages(channel);
  return messages.map(({ text }) => (text.state === 'open' ? text.value : text.state));
}

/**
 * As much as reaches who was let in nowhere again: sealed lines, or nothing once they are left out.
 */
async function overheard(liaison: Liaison, channel: CircleId): Promise<string[]> {
  try {
    return await heard(liaison, channel);
  } catch (error) {
    // A colleague's device leaves them out by itself, sooner or later than this question.
    if (error instanceof Problem && error.code === 'circle_unknown') return [];
    throw error;
  }
}

const hears = ({ liaison }: { liaison: Liaison }, channel: CircleId, said: readonly string[]) =>
  eventually(async () => expect(await heard(liaison, channel)).toEqual(said), 20_000);

/** A new device on which its owner signed in, with neither another device nor the paper. */
async function bareDevice(idnps: string): Promise<Device> {
  const device = await world.device();
  expect((await world.signIn(device, idnps)).state).toBe('other-device');
  return device;
}

/** The change is shown once; whoever saw it goes on. */
async function see({ liaison }: { liaison: Liaison }, person: PersonId): Promise<void> {
  await world.pass(60_000);
  const { change } = await liaison.personCard(person);
  expect(change?.resetAt).toEqual(expect.any(Number));
  await liaison.identitySeen(person);
  expect((await liaison.personCard(person)).change).toBeNull();
}

async function sayReset(device: Device, idnps: string): Promise<string> {
  const { authorizeUrl } = await device.liaison.beginReset('/');
  return (await world.comeBack(device, authorizeUrl, idnps)).state;
}

describe('where a device still lives', () => {
  test('a reset waits three days, is told to that device at once, and ends at its word', async () => {
    const victim = await enrolled(world, people, NURSE);
    const thief = await bareDevice(NURSE);
    expect(await thief.liaison.reset()).toEqual({ state: 'none', waits: true });
    const told = new Promise<void>((resolve) => {
      void victim.liaison.onChange(({ what }) => {
        if (what === 'devices') resolve();
      });
    });
    expect(await sayReset(thief, NURSE)).toBe('other-device');
    await told;
    const [asked] = await victim.liaison.resetsAsked();
    if (asked === undefined) throw new Error('The live device was not told.');
    expect(asked.until - asked.askedAt).toBe(WAIT);
    await world.pass(WAIT - HOUR);
    expect(await thief.liaison.reset()).toMatchObject({ state: 'waiting' });
    await expect(thief.liaison.beginReset('/')).rejects.toMatchObject({ code: 'not-ready' });

    await victim.liaison.refuseReset(asked.asked);
    await world.pass(2 * HOUR);
    expect(await thief.liaison.reset()).toMatchObject({ state: 'refused', waits: true });
    expect(await victim.liaison.resetsAsked()).toEqual([]);
    expect(await sayReset(thief, NURSE)).toBe('other-device');
    expect(await thief.liaison.reset()).toMatchObject({ state: 'waiting' });
    expect(
      (await victim.liaison.devices()).filter(({ revokedAt }) => revokedAt === null),
    ).toHaveLength(1);
  }, 60_000);

  test('its owner, with no device left at hand, begins anew and is let in by colleagues', async () => {
    const { nurse, gp, coordinator } = people;
    const before = await joined(nurse, await enrolled(world, people, DOCTOR));
    const channel = await nurse.liaison.createChannel('Service', [nurse.team, gp.team]);
    await nurse.liaison.post(channel, 'Avant', []);
    await hears(before, channel, ['Avant']);
    const after = await bareDevice(DOCTOR);
    await sayReset(after, DOCTOR);
    await world.pass(WAIT);
    expect(await after.liaison.reset()).toMatchObject({ state: 'due' });
    expect(await sayReset(after, DOCTOR)).toBe('backup-needed');
    await world.rehearse(after.liaison);
    expect((await after.liaison.session()).person).toBe(before.person);
    expect(await after.liaison.teams()).toEqual([]);

    // Nothing is reopened: neither what was said, nor what is said before colleagues decide.
    await see(nurse, before.person);
    await nurse.liaison.post(channel, 'Entre-temps', []);
    await hears(nurse, channel, ['Avant', 'Entre-temps']);
    expect(await overheard(after.liaison, channel)).not.toContain('Avant');
    expect(await overheard(after.liaison, channel)).not.toContain('Entre-temps');
    await expect(before.liaison.createChannel('Perdu', [nurse.team])).rejects.toMatchObject({
      code: 'device_revoked',
    });

    const [returning] = await nurse.liaison.returning(nurse.teamId);
    expect(returning).toMatchObject({ mayReadmit: true, since: expect.any(Number) });
    expect(returning?.person.person).toBe(before.person);
    expect(await coordinator.liaison.returning(coordinator.teamId)).toEqual([]);
    await nurse.liaison.readmit(nurse.teamId, before.person);
    expect(await nurse.liaison.returning(nurse.teamId)).toEqual([]);
    await eventually(async () => {
      await after.liaison.refresh();
      expect((await after.liaison.teams()).map(({ member }) => member)).toEqual([nurse.team]);
    });
    await nurse.liaison.post(channel, 'Après', []);
    await eventually(async () => {
      expect((await heard(after.liaison, channel)).at(-1)).toBe('Après');
    }, 20_000);
    for (const { liaison } of [nurse, gp, after]) {
      expect((await liaison.connection()).alarm).toBeNull();
    }
  }, 90_000);
});

test('without a live device a reset is done at once, and opens nothing', async () => {
  const { nurse } = people;
  const idnps = '899970000149';
  const first = await joined(nurse, await enrolled(world, people, idnps));
  const channel = await nurse.liaison.createChannel('Garde', [nurse.team]);
  await nurse.liaison.post(channel, 'Avant', []);
  await hears(first, channel, ['Avant']);
  const alone = await first.liaison.createTeam('Cabinet seul', null, 'practice', 'Laon');
  expect(await first.liaison.forgetDevice()).toEqual({ ended: true });
  const second = await bareDevice(idnps);
  expect(await second.liaison.reset()).toEqual({ state: 'none', waits: false });
  expect(await sayReset(second, idnps)).toBe('backup-needed');
  expect((await second.liaison.session()).person).toBe(PersonId.parse(first.person));
  await see(nurse, first.person);
  await nurse.liaison.post(channel, 'Après', []);
  await hears(nurse, channel, ['Avant', 'Après']);
  expect(await overheard(second.liaison, channel)).not.toContain('Après');
  // Where nobody else is, nobody lets them in again: they are told so, and nothing hangs.
  await expect(second.liaison.addToTeam(alone, nurse.person)).rejects.toMatchObject({
    code: 'not_a_member',
  });
  // Logs are believed for half a minute.
  await world.pass(60_000);
  const returning = await nurse.liaison.returning(nurse.teamId);
  expect(returning.map(({ person }) => person.person)).toEqual([first.person]);
}, 60_000);
