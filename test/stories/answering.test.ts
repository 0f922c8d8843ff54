/**
 * Who answers: for a team whoever its members declare, for a time, and nobody else is called; and
 * what becomes of what somebody had taken when they are gone.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, personMember } from '@liaison/contract/ids';
import { agree } from '../support/agree.js';
import { alwaysOnCall } from '../support/always-on-call.js';
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

/** The file of a handoff, as its creation names it. */
async function fileOf({ http }: Player, id: CircleId): Promise<CircleId | null> {
  const path = `/api/circles/${id}/items?after=-1`;
  const { body } = await http({ method: 'GET', path });
  const text = /\\"linked\\":\\"([A-Za-z0-9_-]{43})/.exec(Buffer.from(body).toString());
  return (text?.[1] ?? null) as CircleId | null;
}

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

test('whoever is taken out of a handoff gives back what they had, and the sender hears of it', async () => {
  const { nurse, idel } = people;
  const owner = personMember(idel.person);
  const task = { title: 'INR', detail: '', owner, due: null };
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [{ team: owner }], { tasks: [task] }));
  await idel.liaison.sync();
  await idel.liaison.accept(id, owner, 'Je passe demain');
  await nurse.liaison.sync();
  const file = (await fileOf(nurse, id)) ?? id;
  await nurse.liaison.removeMember(file, owner);
  await nurse.liaison.removeMember(id, owner);
  const view = await nurse.liaison.handoff(id);
  expect(view?.addressees[0]).toMatchObject({ phase: 'declined', reason: 'left', note: null });
  expect(view?.tasks[0]).toMatchObject({ late: true, accountable: { member: nurse.team } });
  await agree(world, id, [nurse]);
  await eventually(async () => expect(await told(nurse, 'item-late', id)).toBe(1), 30_000);
});

test('a team that nobody is left in escalates: the coordinator learns which, and nothing more', async () => {
  const { nurse, pharmacist, coordinator } = people;
  await coordinator.liaison.setMail('coordination@cpts.example');
  await coordinator.liaison.setNotificationSettings(alwaysOnCall());
  const id = await nurse.liaison.sendHandoff(draftOf(nurse, [pharmacist]));
  await pharmacist.liaison.sync();
  await pharmacist.liaison.accept(id, pharmacist.team, '');
  await pharmacist.liaison.leave(pharmacist.teamId);
  await eventually(async () => {
    expect(await told(nurse, 'handoff-late', id)).toBe(1);
    expect(await told(coordinator, 'team-late', pharmacist.teamId)).toBe(1);
  }, 30_000);

  // What they are served, byte by byte, names the team and nothing of the handoff or the patient.
  const file = (await fileOf(nurse, id)) ?? id;
  const { body } = await coordinator.http({ method: 'GET', path: '/api/notifications' });
  const served = Buffer.from(body).toString();
  expect(served).toContain(pharmacist.teamId);
  for (const secret of [id, file, 'Durand', 'Pansement']) expect(served).not.toContain(secret);
  await coordinator.liaison.sync();
  expect(await coordinator.liaison.handoff(id)).toBeNull();
  expect(await coordinator.liaison.handoffs()).toEqual([]);
  for (const circle of [id, file]) {
    const path = `/api/circles/${circle}/items?after=-1`;
    expect((await coordinator.http({ method: 'GET', path })).status).toBe(404);
  }
  const mail = await eventually(() => {
    const [found] = world.mails
      .mails()
      .filter(({ to }) => to.includes('coordination@cpts.example'));
    if (found === undefined) throw new Error('No mail has left.');
    return Promise.resolve(found);
  }, 30_000);
  const sent = JSON.stringify(mail);
  expect(sent).toContain('équipe');
  for (const secret of [id, file, pharmacist.teamId, 'Durand', 'Pansement']) {
    expect(sent).not.toContain(secret);
  }
});
