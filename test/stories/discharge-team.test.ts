/**
 * A team is addressed, not a person: whoever is there takes it, and who left learns nothing new.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, teamMember } from '@liaison/contract/ids';
import type { Template } from '@liaison/contract/template';
import type { HandoffView } from '@liaison/sdk/face';
import { agree } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { draftOf } from '../support/handoff-draft.js';
import { enrolled, joined, type Newcomer } from '../support/newcomer.js';
import { type People, type Player, World } from '../support/world.js';

const [JULIEN, AGATHE] = ['899970000065', '899970000073'] as const;

const HIP: Template = {
  name: 'Prothèse de hanche',
  pathway: 'hip',
  act: 'Pansement et prévention de la phlébite',
  urgency: 'same-day',
  ...{ reason: 'Prothèse totale de hanche.', synthesis: '', treatmentsNote: '' },
  ...{ pendingResults: 'Aucun', followUp: 'Pansement tous les trois jours.' },
  tasks: [{ title: 'Pansement', detail: '', trade: 'nurse', afterHours: 72 }],
  copiedFrom: null,
};

let world: World;
let people: People;
let julien: Player;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  julien = await joined(people.idel, await enrolled(world, people, JULIEN));
}, 120_000);

afterAll(async () => {
  await world.close();
});

const refused = (code: string) => expect.objectContaining({ code });

const send = (): Promise<CircleId> =>
  people.nurse.liaison.sendHandoff(draftOf(people.nurse, [people.idel, people.gp]));

async function seenBy({ liaison }: Newcomer, id: CircleId): Promise<HandoffView> {
  await liaison.sync();
  const view = await liaison.handoff(id);
  if (view === null) throw new Error('The handoff is not here.');
  return view;
}

const part = (view: HandoffView, player: Player) =>
  view.addressees.find(({ party }) => party.member === player.team);

test('any member takes for the team, and everybody sees who did', async () => {
  const { nurse, gp, idel } = people;
  const id = await send();
  expect((await seenBy(julien, id)).acts).toEqual(['accept', 'decline']);
  await julien.liaison.accept(id, julien.team, 'Je prends la tournée');
  for (const player of [nurse, gp, idel, julien]) {
    expect(part(await seenBy(player, id), idel)).toMatchObject({
      phase: 'accepted',
      note: 'Je prends la tournée',
      answeredBy: { person: julien.person, profession: '60' },
    });
  }
  expect((await seenBy(idel, id)).acts).toEqual(['decline', 'done']);
  await idel.liaison.done(id, idel.team, '');
  await agree(world, id, [nurse, gp, idel, julien]);
}, 60_000);

test('a team keeps its templates: versions, a copy, and the discharge says which', async () => {
  const { idel, gp, nurse } = people;
  const id = await idel.liaison.saveTemplate(idel.team, HIP);
  await julien.liaison.sync();
  const changed = { ...HIP, followUp: 'Premier lever accompagné, pansement à J3.' };
  await julien.liaison.saveTemplate(idel.team, changed, id);
  await idel.liaison.sync();
  const [view] = await idel.liaison.templates();
  expect(view).toMatchObject({ id, version: 2, savedBy: { person: julien.person } });
  expect(view?.template).toEqual({ state: 'open', value: changed });
  await gp.liaison.sync();
  expect(await gp.liaison.templates()).toEqual([]);
  await expect(idel.liaison.saveTemplate(gp.team, HIP)).rejects.toEqual(refused('no-such-circle'));

  const template = { template: id, version: 2, name: HIP.name };
  const draft = draftOf(idel, [gp]);
  const sent = await idel.liaison.sendHandoff({ ...draft, letter: { ...draft.letter, template } });
  expect((await seenBy(gp, sent)).letter).toMatchObject({ value: { template } });

  await idel.liaison.retireTemplate(idel.team, id);
  await julien.liaison.sync();
  expect(await julien.liaison.templates()).toEqual([]);
  await julien.liaison.saveTemplate(idel.team, { ...HIP, copiedFrom: template }, id);
  expect(await julien.liaison.templates()).toMatchObject([{ id, version: 3 }]);
  expect(await nurse.liaison.templates()).toEqual([]);

  const other = teamMember(
    await idel.liaison.createTeam('Garde de nuit', null, 'practice', 'Laon'),
  );
  await idel.liaison.saveTemplate(other, { ...HIP, copiedFrom: template });
  const [copy] = (await idel.liaison.templates()).filter(({ team }) => team.member === other);
  expect(copy).toMatchObject({ version: 1, template: { value: { copiedFrom: template } } });
  expect(copy?.id).not.toBe(id);
  expect((await julien.liaison.templates()).map(({ id: one }) => one)).toEqual([id]);
}, 60_000);

test('two members answer at the same moment: one answer stands, the other is told', async () => {
  const { nurse, gp, idel } = people;
  const id = await send();
  await seenBy(idel, id);
  await seenBy(julien, id);
  const outcomes = await Promise.allSettled([
    idel.liaison.accept(id, idel.team, 'Samira'),
    julien.liaison.accept(id, julien.team, 'Julien'),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find((one) => one.status === 'rejected');
  expect(lost?.reason).toEqual(refused('item_not_allowed'));
  await agree(world, id, [nurse, gp, idel, julien]);
  const winner = outcomes[0].status === 'fulfilled' ? idel : julien;
  for (const player of [nurse, idel, julien]) {
    expect(part(await seenBy(player, id), idel)?.answeredBy?.person).toBe(winner.person);
  }
}, 60_000);

test('two devices of one person see the same, and either may act', async () => {
  const { nurse, gp } = people;
  const phone = await world.device();
  const { desk, words } = await atDesk(AGATHE);
  const agathe = await joined(people.idel, desk);
  expect((await world.signIn(phone, AGATHE)).state).toBe('other-device');
  const recovery = await phone.liaison.beginRecovery(words, '/');
  expect((await world.comeBack(phone, recovery.authorizeUrl, AGATHE)).state).toBe('ready');
  const onPhone: Player = { ...agathe, ...phone };

  const id = await send();
  await agree(world, id, [agathe, onPhone, nurse]);
  await onPhone.liaison.accept(id, agathe.team, '');
  await agree(world, id, [agathe, onPhone, nurse, gp]);
  expect(part(await seenBy(agathe, id), agathe)?.answeredBy?.person).toBe(agathe.person);
  await agathe.liaison.done(id, agathe.team, '');
  await agree(world, id, [agathe, onPhone, nurse, gp]);
}, 90_000);

/** Somebody at their desk, with the words that they wrote down. */
async function atDesk(idnps: string) {
  const desk = await world.device();
  const { person } = await world.signIn(desk, idnps);
  if (person === null) throw new Error('The newcomer has no identity.');
  const words = await desk.liaison.recoveryWords();
  await world.rehearse(desk.liaison);
  await people.coordinator.liaison.admit(person);
  await desk.liaison.refresh();
  return { desk: { ...desk, person }, words };
}

test('a new member reads what the team could read before', async () => {
  const { nurse, gp } = people;
  const id = await send();
  await gp.liaison.sync();
  await gp.liaison.accept(id, gp.team, '');
  await nurse.liaison.post(id, 'Pansement changé ce matin', []);
  await eventually(async () => {
    expect((await seenBy(gp, id)).conversation).toHaveLength(1);
  });
  const mathis = await joined(gp, await enrolled(world, people, '899970000040'));
  await eventually(async () => {
    expect(await seenBy(mathis, id)).toMatchObject({
      letter: { state: 'open', value: { patient: { birthName: 'Durand' } } },
      conversation: [{ text: { state: 'open', value: 'Pansement changé ce matin' } }],
      acts: ['decline', 'done'],
    });
  });
  await agree(world, id, [nurse, gp, mathis]);
  await mathis.liaison.done(id, mathis.team, '');
  await agree(world, id, [nurse, gp, mathis]);
}, 90_000);

test('who was removed reads nothing new, cannot act, and the team goes on', async () => {
  const { nurse, gp, idel } = people;
  const before = await send();
  await seenBy(julien, before);
  await idel.liaison.removeFromTeam(idel.teamId, julien.person);
  await expect(julien.liaison.accept(before, julien.team, '')).rejects.toThrow();
  await nurse.liaison.post(before, 'Après le départ', []);
  const after = await send();
  await agree(world, before, [nurse, gp, idel]);
  await agree(world, after, [nurse, gp, idel]);
  await julien.liaison.sync();
  expect(await julien.liaison.handoff(after)).toBeNull();
  const heard = (await julien.liaison.handoff(before))?.conversation ?? [];
  expect(heard.map(({ text }) => text)).not.toContainEqual({
    state: 'open',
    value: 'Après le départ',
  });
  await expect(julien.liaison.post(before, 'Encore moi', [])).resolves.toBeDefined();
  await eventually(async () => {
    const mine = (await julien.liaison.messages(before)).find((message) => message.mine);
    expect(mine).toMatchObject({ delivery: 'refused' });
  });
  await idel.liaison.accept(after, idel.team, '');
  await agree(world, after, [nurse, gp, idel]);
  expect((await seenBy(gp, before)).conversation.map(({ text }) => text)).toEqual([
    { state: 'open', value: 'Après le départ' },
  ]);
}, 90_000);
