/** Who somebody is to a colleague: what proves it, what was compared, and what changed unseen. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import type { Liaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { enrolled, joined } from '../support/newcomer.js';
import { type People, World } from '../support/world.js';

const DOCTOR = '899970000024';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 120_000);

afterAll(async () => {
  await world.close();
});

const lastOf = async (liaison: Liaison, channel: CircleId) =>
  (await liaison.messages(channel)).at(-1);

describe('the card of a colleague', () => {
  test('says what certifies them, and shows both the same digits', async () => {
    const { nurse, gp } = people;
    const [hers, his] = [
      await nurse.liaison.personCard(gp.person),
      await gp.liaison.personCard(nurse.person),
    ];
    expect(hers.person.trust.level).toBe('certified');
    expect(hers.chain.map(({ link }) => link)).toEqual(['certified', 'log', 'devices', 'key']);
    expect(hers.safety?.groups).toHaveLength(8);
    expect(hers.safety?.groups.every((group) => /^\d{5}$/.test(group))).toBe(true);
    expect(hers.safety).toEqual(his.safety);
    const other = await nurse.liaison.personCard(people.pharmacist.person);
    expect(other.safety?.groups).not.toEqual(hers.safety?.groups);
    expect((await nurse.liaison.personCard(nurse.person)).safety).toBeNull();

    await nurse.liaison.numberCompared(gp.person);
    expect((await nurse.liaison.personCard(gp.person)).safety?.comparedAt).not.toBeNull();
    // A new paper of his brings a new key: what was compared was another number.
    await gp.liaison.replaceRecovery();
    await world.rehearse(gp.liaison);
    await world.pass(60_000);
    const after = await nurse.liaison.personCard(gp.person);
    expect(after.safety?.groups).not.toEqual(hers.safety?.groups);
    expect(after).toMatchObject({
      safety: { comparedAt: null },
      comparedBefore: expect.any(Number),
    });
    expect(after.change).toBeNull();
  }, 60_000);
});

describe('a change of identity', () => {
  test('keeps everything about patients from leaving until it was seen, and only that', async () => {
    const { nurse, gp } = people;
    const first = await joined(gp, await enrolled(world, people, DOCTOR));
    const channel = await nurse.liaison.createChannel('Suivi', [nurse.team, gp.team]);
    expect(await nurse.liaison.personCard(first.person)).toMatchObject({ change: null });
    await first.liaison.forgetDevice();
    const second = await world.device();
    await world.signIn(second, DOCTOR);
    const { authorizeUrl } = await second.liaison.beginReset('/');
    await world.comeBack(second, authorizeUrl, DOCTOR);
    await world.pass(60_000);

    const id = await nurse.liaison.post(channel, 'M. R. va mieux', []);
    await eventually(async () => {
      expect(await lastOf(nurse.liaison, channel)).toMatchObject({
        delivery: 'refused',
        refusal: 'identity_changed',
      });
    });
    await expect(nurse.liaison.sendHandoff(draftOf(nurse, [gp]))).rejects.toMatchObject({
      code: 'identity_changed',
    });
    // Nobody else waits: the pharmacy's people are who they were.
    await nurse.liaison.sendHandoff(draftOf(nurse, [people.pharmacist]));
    const [change] = await nurse.liaison.identityChanges();
    expect(change).toMatchObject({
      resetAt: expect.any(Number),
      was: { level: 'certified', nationalId: DOCTOR },
      is: { level: 'certified', nationalId: DOCTOR },
    });
    expect(change?.person.person).toBe(first.person);
    await nurse.liaison.identitySeen(first.person);
    expect(await nurse.liaison.identityChanges()).toEqual([]);
    await nurse.liaison.retry(channel, id);
    await eventually(async () => {
      expect(await lastOf(nurse.liaison, channel)).toMatchObject({ delivery: 'sent' });
    });
    await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  }, 90_000);
});
