/** Who answers for a team: declared by its members, for a time, and nobody else is called. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { eventually } from '../support/eventually.js';
import { draftOf, HOUR_MS } from '../support/handoff-draft.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const { gp, idel } = people;
  await gp.liaison.addToTeam(gp.teamId, idel.person);
  await idel.liaison.refresh();
  await idel.liaison.join(gp.teamId);
}, 90_000);

afterAll(async () => {
  await world.close();
});

const told = async ({ liaison }: Player, kind: string, circle: CircleId): Promise<number> =>
  (await liaison.notifications()).filter((one) => one.kind === kind && one.circle === circle)
    .length;

test('who declares that they answer is called, and the rest of the team is left alone', async () => {
  const { nurse, gp, idel } = people;
  const present = Date.now();
  await gp.liaison.declareHolder(gp.teamId, gp.person, present, present + 4 * HOUR_MS);
  await gp.liaison.declareHolder(
    gp.teamId,
    idel.person,
    present + 2 * HOUR_MS,
    present + HOUR_MS * 3,
  );
  await idel.liaison.sync();
  const duty = await idel.liaison.duty(gp.teamId);
  expect(duty?.now).toMatchObject({ person: { person: gp.person }, until: present + 2 * HOUR_MS });
  expect(duty?.next.map(({ person }) => person.person)).toEqual([idel.person, gp.person]);
  // Nobody outside reads a team's log.
  expect(await nurse.liaison.duty(gp.teamId)).toBeNull();

  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await eventually(async () => expect(await told(gp, 'handoff-offered', id)).toBe(1));
  expect(await told(idel, 'handoff-offered', id)).toBe(0);
});

test('a hand-over is dated, and what is given back is the whole team’s', async () => {
  const { nurse, gp, idel } = people;
  const present = Date.now();
  await gp.liaison.declareHolder(gp.teamId, idel.person, present - 1, present + HOUR_MS);
  const first = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await eventually(async () => expect(await told(idel, 'handoff-offered', first)).toBe(1));
  expect(await told(gp, 'handoff-offered', first)).toBe(0);

  await idel.liaison.sync();
  await idel.liaison.declareHolder(gp.teamId, null, Date.now() - 1, present + 5 * HOUR_MS);
  expect((await idel.liaison.duty(gp.teamId))?.now).toBeNull();
  const second = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await eventually(async () => {
    expect(await told(gp, 'handoff-offered', second)).toBe(1);
    expect(await told(idel, 'handoff-offered', second)).toBe(1);
  });
});

test('whoever leaves the team answers for nothing more', async () => {
  const { nurse, gp, idel } = people;
  const present = Date.now();
  await gp.liaison.sync();
  await gp.liaison.declareHolder(gp.teamId, idel.person, present - 1, present + HOUR_MS);
  await gp.liaison.removeFromTeam(gp.teamId, idel.person);
  expect((await gp.liaison.duty(gp.teamId))?.now).toBeNull();
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await eventually(async () => expect(await told(gp, 'handoff-offered', id)).toBe(1));
  expect(await told(idel, 'handoff-offered', id)).toBe(0);
});
