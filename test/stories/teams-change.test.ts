/**
 * Teams whose people change: somebody joins with all of the past, or with none of it and is told
 * so; a unit is handed over; who leaves learns nothing new; the last admin does not walk away.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EpochFacts } from '@liaison/contract/circle';
import { type CircleId, type MemberId, personMember } from '@liaison/contract/ids';
import type { Liaison } from '@liaison/sdk/liaison';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { type People, type Player, World } from '../support/world.js';

const COLLEAGUES = ['899970000164', '899970000149'] as const;

let world: World;
let people: People;
let colleague: Pick<Player, 'liaison' | 'person'>;
let newcomer: Pick<Player, 'liaison' | 'person'>;

async function enrolled(idnps: string): Promise<Pick<Player, 'liaison' | 'person'>> {
  const device = await world.device();
  const { person } = await world.signIn(device, idnps);
  await world.rehearse(device.liaison);
  if (person === null) throw new Error('The colleague has no identity.');
  await people.coordinator.liaison.admit(person);
  await device.liaison.refresh();
  return { liaison: device.liaison, person };
}

async function texts(liaison: Liaison, circle: CircleId): Promise<(string | null)[]> {
  const messages = await liaison.messages(circle);
  return messages.map(({ text }) => (text.state === 'open' ? text.value : null));
}

/** Which epochs of a team the first epoch of a circle was sealed to. */
async function epochsSealedTo(circle: CircleId, team: MemberId): Promise<number[]> {
  const rows = await world.fixture.database.query<{ header: string }>(
    `SELECT header FROM items WHERE circle_id = $1 AND kind = 'epoch.opened'`,
    [circle],
  );
  return rows.flatMap(({ header }) => {
    const { facts } = JSON.parse(header) as { facts: EpochFacts };
    return facts.recipients.filter((pin) => pin.member === team).map((pin) => pin.generation);
  });
}

const membersOf = (who: Pick<Player, 'liaison'>, circle: CircleId) => who.liaison.members(circle);

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  colleague = await enrolled(COLLEAGUES[0]);
  newcomer = await enrolled(COLLEAGUES[1]);
}, 90_000);

afterAll(async () => {
  await world.close();
});

test('a colleague who joins with the past opens it; who joins without is told so', async () => {
  const { nurse, gp } = people;
  const before = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await nurse.liaison.addToTeam(nurse.teamId, colleague.person);
  await nurse.liaison.addToTeam(nurse.teamId, newcomer.person, 'now');
  await eventually(async () => {
    await colleague.liaison.refresh();
    expect((await colleague.liaison.handoff(before))?.letter.state).toBe('open');
  });
  await eventually(async () => {
    await newcomer.liaison.refresh();
    const view = await newcomer.liaison.handoff(before);
    expect(view?.letter).toEqual({ state: 'waiting', for: 'history' });
  });
  const after = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await eventually(async () => {
    await newcomer.liaison.refresh();
    expect((await newcomer.liaison.handoff(after))?.letter.state).toBe('open');
  });
  const shown = await membersOf(nurse, nurse.teamId);
  const of = (person: string) => shown.find(({ member }) => member === `p.${person}`);
  expect(of(colleague.person)).toMatchObject({ readsFrom: null, locked: false });
  expect(of(newcomer.person)).toMatchObject({ readsFrom: expect.any(Number), locked: true });
});

test('in a channel the past of some days is an intent, and said to be one', async () => {
  const { nurse, gp, idel } = people;
  const channel = await nurse.liaison.createChannel('Pansements', [nurse.team, gp.team]);
  await nurse.liaison.post(channel, 'Avant', []);
  await eventually(async () => {
    expect((await nurse.liaison.connection()).waiting).toBe(0);
  });
  await nurse.liaison.addMembers(channel, [idel.team], 'now');
  await nurse.liaison.post(channel, 'Après', []);
  await eventually(async () => {
    await idel.liaison.refresh();
    expect(await texts(idel.liaison, channel)).toEqual(['Après']);
  });
  await nurse.liaison.addMembers(channel, [people.pharmacist.team], 30);
  const shown = await membersOf(nurse, channel);
  const byTeam = new Map(shown.map((one) => [one.member, one]));
  expect(byTeam.get(idel.team)).toMatchObject({ locked: true, readsFrom: expect.any(Number) });
  // The circle is younger than that, and yet no key leads back over what was cut off before.
  const pharmacist = byTeam.get(people.pharmacist.team);
  expect(pharmacist).toMatchObject({ locked: true, readsFrom: expect.any(Number) });
  await eventually(async () => {
    await people.pharmacist.liaison.refresh();
    const read = await people.pharmacist.liaison.messages(channel);
    expect(read.map(({ text }) => text)).toEqual([
      { state: 'waiting', for: 'history' },
      { state: 'open', value: 'Après' },
    ]);
  });
});

test('a unit is handed over, and who left learns nothing new', async () => {
  const { nurse, gp } = people;
  const known = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await nurse.liaison.leave(nurse.teamId);
  await eventually(async () => {
    await colleague.liaison.refresh();
    const left = await membersOf(colleague, nurse.teamId);
    expect(left.map(({ member }) => member)).not.toContain(`p.${nurse.person}`);
  });
  const next = await colleague.liaison.sendHandoff(draftOf({ team: nurse.team }, [gp]));
  await eventually(async () => {
    await gp.liaison.refresh();
    expect((await gp.liaison.handoff(next))?.letter.state).toBe('open');
  });
  await nurse.liaison.refresh();
  expect(await nurse.liaison.handoff(next)).toBeNull();
  expect((await nurse.liaison.handoff(known))?.letter.state).toBe('open');
});

test('whoever knows that a colleague left seals nothing to the key that they still hold', async () => {
  const { gp, idel } = people;
  await idel.liaison.addToTeam(idel.teamId, newcomer.person);
  await eventually(async () => {
    await newcomer.liaison.refresh();
    expect(await membersOf(newcomer, idel.teamId)).toHaveLength(2);
  });
  await idel.liaison.changeRole(idel.teamId, personMember(newcomer.person), 'admin');
  await newcomer.liaison.leave(idel.teamId);
  await idel.liaison.refresh();
  // At once: before any device does unasked what has become due.
  const channel = await idel.liaison.createChannel('Sans lui', [idel.team, gp.team]);
  expect(await epochsSealedTo(channel, idel.team)).toEqual([2]);
});

test('whoever is the last to manage a group hands it over first', async () => {
  const { gp } = people;
  await gp.liaison.addToTeam(gp.teamId, newcomer.person);
  await gp.liaison.changeRole(gp.teamId, personMember(newcomer.person), 'writer');
  await expect(gp.liaison.leave(gp.teamId)).rejects.toMatchObject({ code: 'last_admin' });
  await gp.liaison.changeRole(gp.teamId, personMember(newcomer.person), 'admin');
  await gp.liaison.leave(gp.teamId);
  await eventually(async () => {
    await newcomer.liaison.refresh();
    expect(await membersOf(newcomer, gp.teamId)).toHaveLength(1);
  });
});
