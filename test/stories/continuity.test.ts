/**
 * One person under another name or number: a nurse marries, the register gives another number. They
 * stay who they are to everybody; what the provider does not prove waits until somebody has looked.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CHANGED } from '../../tools/psc-emulator/changed.people.js';
import { draftOf } from '../support/handoff-draft.js';
import { enrolled, joined } from '../support/newcomer.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 120_000);

afterAll(async () => {
  await world.close();
});

/** The provider knows them otherwise: they sign in, and say that it is them. */
async function goesOn(player: Pick<Player, 'liaison' | 'http'>, key: string) {
  const { authorizeUrl } = await player.liaison.beginContinuity('/');
  return world.comeBack(player, authorizeUrl, key);
}

test('a name that marriage changed is told once, and holds nothing up', async () => {
  const { nurse, idel } = people;
  await nurse.liaison.personCard(idel.person);
  expect(await world.signIn(idel, CHANGED.married)).toMatchObject({ state: 'ready' });
  const was = { level: 'certified', name: 'Samira BELKACEM', nationalId: '899970000057' };
  const is = { ...was, name: 'Samira BELKACEM-MARTIN' };
  expect(await idel.liaison.identityMove()).toEqual({ was, is });
  // Until she says so with the provider's word behind it, she is who she was.
  expect((await nurse.liaison.personCard(idel.person)).person.name).toBe(was.name);

  expect(await goesOn(idel, CHANGED.married)).toMatchObject({ state: 'ready' });
  expect(await idel.liaison.identityMove()).toBeNull();
  await world.pass(60_000);
  const card = await nurse.liaison.personCard(idel.person);
  expect(card.person).toMatchObject({ name: is.name, trust: { level: 'certified' } });
  expect(card.formerly).toEqual([{ known: was, until: card.person.trust.since }]);
  expect(card.change).toMatchObject({ was, is, resetAt: null, blocks: false });
  await nurse.liaison.sendHandoff(draftOf(nurse, [idel]));
  expect(await nurse.liaison.identityChanges()).toHaveLength(1);
  await nurse.liaison.identitySeen(idel.person);
  expect(await nurse.liaison.identityChanges()).toEqual([]);
  expect((await nurse.liaison.personCard(idel.person)).formerly).toHaveLength(1);
}, 90_000);

test('a number of another register is the same person, in the same teams', async () => {
  const { nurse, gp } = people;
  const agathe = await joined(gp, await enrolled(world, people, CHANGED.adeli));
  await nurse.liaison.personCard(agathe.person);
  const moved = await world.signIn(agathe, CHANGED.rpps);
  expect(moved).toMatchObject({ state: 'moved', person: null });
  const after = await goesOn(agathe, CHANGED.rpps);
  expect(after).toMatchObject({ state: 'ready', person: agathe.person });
  // From then on the new number alone leads to the same account.
  expect(await world.signIn(agathe, CHANGED.rpps)).toMatchObject({ person: agathe.person });
  await world.pass(60_000);
  const card = await nurse.liaison.personCard(agathe.person);
  expect(card.person.nationalId).toBe(CHANGED.rpps);
  expect(card.formerly).toMatchObject([{ known: { nationalId: CHANGED.adeli } }]);
  expect(card.change).toMatchObject({ blocks: false });
  await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await agathe.liaison.sync();
  expect(await agathe.liaison.handoffs()).toHaveLength(1);
}, 90_000);

test('a number that the provider ties to nobody blocks until somebody has looked', async () => {
  const { nurse, pharmacist } = people;
  const newcomer = await enrolled(world, people, CHANGED.adeliUnproven);
  const ines = await joined(pharmacist, newcomer);
  await nurse.liaison.personCard(ines.person);
  await world.signIn(ines, CHANGED.rppsUnproven);
  expect(await goesOn(ines, CHANGED.rppsUnproven)).toMatchObject({ state: 'ready' });
  await world.pass(60_000);
  const send = () => nurse.liaison.sendHandoff(draftOf(nurse, [pharmacist]));
  await expect(send()).rejects.toMatchObject({ code: 'identity_changed' });
  const changes = await nurse.liaison.identityChanges();
  const change = changes.find(({ person }) => person.person === ines.person);
  expect(change).toMatchObject({
    was: { nationalId: CHANGED.adeliUnproven },
    is: { nationalId: CHANGED.rppsUnproven },
    blocks: true,
  });
  await nurse.liaison.identitySeen(ines.person);
  await send();
}, 90_000);

test('somebody else at the device is nobody whom it speaks for', async () => {
  const { gp } = people;
  const before = await gp.liaison.session();
  expect(await world.signIn(gp, '899970000099')).toMatchObject({ state: 'no-identity' });
  expect(await gp.liaison.identityMove()).toBeNull();
  // Even if that person presses on: the server does not make one of two.
  await expect(goesOn(gp, '899970000099')).rejects.toMatchObject({ code: 'attestation_invalid' });
  const again = await world.signIn(gp, '899970000032');
  expect(again).toMatchObject({ state: 'ready', person: before.person });
}, 60_000);
