/**
 * A discharge from the letter to its end, seen by everybody it was addressed to and nobody else.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type { HandoffDraft, HandoffView } from '@liaison/sdk/face';
import { randomBytes } from 'node:crypto';
import { agree, serverSays } from '../support/agree.js';
import { eventually } from '../support/eventually.js';
import { draftOf, HOUR_MS } from '../support/handoff-draft.js';
import { letterOf } from '../support/letter.js';
import { enrolled, settled } from '../support/newcomer.js';
import { type People, type Player, World } from '../support/world.js';

const OTHER_NURSE = '899970000081';

const PRESCRIPTION = {
  name: 'ordonnance.pdf',
  mediaType: 'application/pdf',
  bytes: new Uint8Array(Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(400_000)])),
};
const PHOTO = {
  name: 'plaie.jpg',
  mediaType: 'image/jpeg',
  bytes: new Uint8Array(randomBytes(90_000)),
};

let world: World;
let people: People;
let vallee: Player;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
  const nurse = await enrolled(world, people, OTHER_NURSE);
  vallee = await settled(people, nurse, 'Cabinet IDEL de la Vallée', 'practice');
}, 120_000);

afterAll(async () => {
  await world.close();
});

const refused = (code: string) => expect.objectContaining({ code });

async function viewOf(player: Player, id: CircleId): Promise<HandoffView> {
  await player.liaison.sync();
  const view = await player.liaison.handoff(id);
  if (view === null) throw new Error('The handoff is not here.');
  return view;
}

async function addresseeOf(by: Player, id: CircleId, whom: Player) {
  const view = await viewOf(by, id);
  return view.addressees.find(({ party }) => party.member === whom.team);
}

function send(draft: HandoffDraft): Promise<CircleId> {
  return people.nurse.liaison.sendHandoff(draft);
}

/** Who does what once the patient is at home. */
const planOf = ({ idel, gp }: Pick<People, 'idel' | 'gp'>, due: number) => [
  { title: 'Pansement', detail: 'Tous les deux jours', owner: idel.team, due },
  { title: 'Renouveler', detail: '', owner: gp.team, due: null },
];

test('the hospital hands over; one accepts, one declines and is replaced, all ends well', async () => {
  const { nurse, gp, idel, pharmacist, coordinator } = people;
  const due = Date.now() + 4 * HOUR_MS;
  const tasks = planOf({ idel, gp }, due);
  const id = await send(draftOf(nurse, [gp, idel, pharmacist], { due, tasks }));
  const acts = async (): Promise<readonly string[]> => (await viewOf(nurse, id)).acts;
  const everybody = [nurse, gp, idel, pharmacist];
  await agree(world, id, everybody);
  const sent = await viewOf(gp, id);
  expect(sent).toMatchObject({
    phase: 'sent',
    iSent: false,
    mine: [gp.team],
    acts: ['accept', 'decline'],
    urgency: 'same-day',
    due,
    sender: { member: nurse.team, name: 'Cardiologie · CH de Laon' },
    sentBy: { person: nurse.person, nationalId: '899970000016' },
    letter: { state: 'open', value: { patient: { birthName: 'Durand' } } },
    missing: [],
    incompleteReason: null,
  });
  expect(sent.tasks.map(({ owner, title }) => [owner.member, title])).toEqual([
    [idel.team, { state: 'open', value: 'Pansement' }],
    [gp.team, { state: 'open', value: 'Renouveler' }],
  ]);
  // Nobody closes what nobody accepted.
  expect(await acts()).toEqual(['reassign', 'cancel', 'recall', 'supersede', 'await']);

  await gp.liaison.accept(id, gp.team, 'Je passe demain');
  await agree(world, id, everybody);
  expect(await acts()).toEqual(['reassign', 'close', 'cancel', 'recall', 'supersede', 'await']);
  expect(await addresseeOf(nurse, id, gp)).toMatchObject({
    phase: 'accepted',
    note: 'Je passe demain',
    answeredBy: { person: gp.person },
    overdue: false,
  });
  await pharmacist.liaison.accept(id, pharmacist.team, '');
  await idel.liaison.decline(id, idel.team, 'no-capacity', 'Tournée complète');
  await agree(world, id, everybody);
  const refusal = { phase: 'declined', reason: 'no-capacity', note: 'Tournée complète' };
  expect(await addresseeOf(nurse, id, idel)).toMatchObject(refusal);

  await nurse.liaison.reassign(id, idel.team, vallee.team, due + HOUR_MS);
  await agree(world, id, [...everybody, vallee]);
  expect(await addresseeOf(vallee, id, idel)).toMatchObject({ phase: 'reassigned' });
  expect(await viewOf(vallee, id)).toMatchObject({
    acts: ['accept', 'decline'],
    letter: { state: 'open', value: { synthesis: letterOf('').synthesis } },
  });
  await vallee.liaison.accept(id, vallee.team, '');
  const [dressing] = (await viewOf(vallee, id)).tasks;
  if (dressing === undefined) throw new Error('The plan is missing.');
  expect(dressing.owner.member).toBe(vallee.team);
  await vallee.liaison.taskDone(id, dressing.task, 'Fait');
  await vallee.liaison.done(id, vallee.team, '');
  await agree(world, id, [...everybody, vallee]);
  expect((await viewOf(nurse, id)).tasks.map(({ doneBy }) => doneBy?.person ?? null)).toEqual([
    vallee.person,
    null,
  ]);

  await nurse.liaison.close(id);
  await agree(world, id, [...everybody, vallee]);
  expect(await viewOf(gp, id)).toMatchObject({ phase: 'closed', acts: [] });
  expect((await serverSays(coordinator, id)) ?? (await coordinator.liaison.handoff(id))).toBeNull();
}, 60_000);

test('what the table does not allow is refused with a sentence, and changes nothing', async () => {
  const { nurse, gp, idel, pharmacist } = people;
  const id = await send(draftOf(nurse, [gp, idel]));
  await gp.liaison.sync();
  await gp.liaison.accept(id, gp.team, '');
  await expect(gp.liaison.accept(id, gp.team, '')).rejects.toEqual(refused('item_not_allowed'));
  await expect(gp.liaison.accept(id, idel.team, '')).rejects.toThrow();
  await expect(gp.liaison.close(id)).rejects.toThrow();
  await expect(
    nurse.liaison.reassign(id, idel.team, gp.team, Date.now() + HOUR_MS),
  ).rejects.toThrow();
  await expect(pharmacist.liaison.accept(id, pharmacist.team, '')).rejects.toThrow();
  await agree(world, id, [nurse, gp, idel]);
  const { addressees } = await viewOf(idel, id);
  expect(addressees.map(({ phase }) => phase).sort()).toEqual(['accepted', 'offered']);
  for (const { liaison } of [nurse, gp, idel]) {
    expect(await liaison.connection()).toMatchObject({ waiting: 0, alarm: null });
  }
}, 40_000);

test('a letter that lacks a rubric goes only with a stated reason, and says so', async () => {
  const { nurse, gp } = people;
  const letter = { ...letterOf('Petitjean'), synthesis: ' ', followUp: '' };
  const draft = draftOf(nurse, [gp], { letter });
  await nurse.liaison.saveDraft(draft);
  await expect(send(draft)).rejects.toEqual(refused('letter_incomplete'));
  expect((await nurse.liaison.drafts()).map((kept) => kept.id)).toEqual([draft.id]);

  const reasoned = { ...draft, incompleteReason: 'awaiting-result' } as const;
  await nurse.liaison.saveDraft(reasoned);
  const id = await send(reasoned);
  expect(await nurse.liaison.drafts()).toEqual([]);
  await agree(world, id, [nurse, gp]);
  expect(await viewOf(gp, id)).toMatchObject({
    missing: ['synthesis', 'follow-up'],
    incompleteReason: 'awaiting-result',
    letter: { state: 'open' },
  });
}, 40_000);

test('prescription and photo open for the addressees, and for nobody else', async () => {
  const { nurse, gp, idel, pharmacist } = people;
  const draft = draftOf(nurse, [gp, idel], {
    outlineOnly: [idel.team],
    attachments: [PRESCRIPTION, PHOTO],
  });
  const id = await send(draft);
  const { letter } = await viewOf(gp, id);
  if (letter.state !== 'open') throw new Error('The letter is not open.');
  const refs = letter.value.attachments;
  expect(refs.map(({ name, mediaType }) => [name, mediaType])).toEqual([
    ['ordonnance.pdf', 'application/pdf'],
    ['plaie.jpg', 'image/jpeg'],
  ]);
  const [prescription, photo] = refs;
  if (prescription === undefined || photo === undefined) throw new Error('Files are missing.');
  for (const { liaison } of [nurse, gp]) {
    expect(Buffer.from(await liaison.attachment(id, prescription))).toEqual(
      Buffer.from(PRESCRIPTION.bytes),
    );
    expect(Buffer.from(await liaison.attachment(id, photo))).toEqual(Buffer.from(PHOTO.bytes));
  }
  // Even with the keys in hand: the server gives sealed bytes to the file's members only.
  for (const { liaison } of [pharmacist, idel, vallee, people.coordinator]) {
    await expect(liaison.attachment(id, photo)).rejects.toEqual(refused('attachment_unknown'));
  }

  expect(await viewOf(idel, id)).toMatchObject({
    outline: { state: 'open', value: { act: 'Pansement et surveillance' } },
    letter: { state: 'waiting', for: 'release' },
    tasks: [],
  });
  await idel.liaison.accept(id, idel.team, '');
  await eventually(async () => {
    expect((await viewOf(idel, id)).letter.state).toBe('open');
  });
  expect(Buffer.from(await idel.liaison.attachment(id, photo))).toEqual(Buffer.from(PHOTO.bytes));
  await agree(world, id, [nurse, gp, idel]);
}, 60_000);

test('delivered and read are told once a device had it and somebody opened it', async () => {
  const { nurse, gp } = people;
  const id = await send(draftOf(nurse, [gp]));
  await eventually(async () => {
    expect((await addresseeOf(nurse, id, gp))?.deliveredAt).not.toBeNull();
  });
  expect((await addresseeOf(nurse, id, gp))?.readAt).toBeNull();
  await gp.liaison.markRead(id);
  await eventually(async () => {
    expect((await addresseeOf(nurse, id, gp))?.readAt).not.toBeNull();
  });
  const readers: readonly PersonId[] = (await viewOf(nurse, id)).readers.map(
    ({ person }) => person,
  );
  expect(readers).toContain(gp.person);
  // Read is not taken: what nobody accepted is never closed.
  await expect(nurse.liaison.close(id)).rejects.toEqual(refused('item_not_allowed'));
  await nurse.liaison.cancel(id, 'other', '');
}, 40_000);

test('nobody’s client complains', async () => {
  for (const { liaison } of [...Object.values(people), vallee]) {
    expect((await liaison.connection()).alarm).toBeNull();
  }
});
