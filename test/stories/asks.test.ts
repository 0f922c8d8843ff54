/**
 * What is asked, by each kind. Unscheduled care is taken by whoever is first: everybody agrees on
 * who that is, the others learn at once that nothing is left to do. An admission goes to one unit
 * after the other, an expert answers in the file, a request says by its template what it is. Only
 * whoever takes it reads of whom it is about.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, personMember } from '@liaison/contract/ids';
import type { AskDraft } from '@liaison/sdk/face.care';
import { agree } from '../support/agree.js';
import { askDraft } from '../support/ask-draft.js';
import { eventually } from '../support/eventually.js';
import { letterOf } from '../support/letter.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 120_000);

afterAll(() => world.close());

const { patient, treatments } = letterOf('Durand');

const wanted = (from: Player, waves: readonly (readonly Player[])[]): AskDraft =>
  askDraft(from, waves, {
    kind: 'unscheduled-care',
    file: {
      patient,
      reason: 'Plaie de la main',
      qualifiedBy: 'Régulation SAS',
      findings: '',
      callBack: '06 39 98 00 00',
      place: 'Domicile',
      attachments: [],
    },
  });

const seen = async ({ liaison }: Player, id: CircleId) => {
  await liaison.sync();
  return liaison.handoff(id);
};

/** What they asked for, once a device of the sender gave it to whoever took it. */
const opened = (taker: Player, sender: Player, id: CircleId) =>
  eventually(async () => {
    await sender.liaison.sync();
    const view = await seen(taker, id);
    if (view?.asked.state !== 'open') throw new Error(`still ${view?.asked.state ?? 'nowhere'}`);
    return view.asked.value;
  });

test('of three who accept at once, one has it and every loser is told by whom', async () => {
  const { nurse, gp, idel, pharmacist } = people;
  const candidates = [gp, idel, pharmacist];
  const id = await nurse.liaison.ask(wanted(nurse, [candidates]));
  for (const one of candidates) {
    expect(await seen(one, id)).toMatchObject({ asked: { state: 'waiting', for: 'release' } });
  }
  const outcomes = await Promise.allSettled(
    candidates.map(({ liaison, team }) => liaison.accept(id, team, '')),
  );
  const winners = candidates.filter((_, i) => outcomes[i]?.status === 'fulfilled');
  expect(winners).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: 'handoff_taken' });
  }
  const [winner] = winners as [Player];
  await agree(world, id, [nurse, ...candidates]);
  for (const one of candidates) {
    const view = await seen(one, id);
    expect(view?.takenBy?.party.member).toBe(winner.team);
    const mine = view?.addressees.find(({ party }) => party.member === one.team);
    expect(mine?.phase).toBe(one === winner ? 'accepted' : 'taken');
    if (one !== winner) expect(view?.acts).toEqual([]);
  }
  for (const one of candidates.filter((candidate) => candidate !== winner)) {
    await eventually(async () => {
      const notices = await one.liaison.notifications();
      expect(notices.map(({ kind }) => kind)).toContain('handoff-taken');
    });
  }
  expect(await opened(winner, nurse, id)).toMatchObject({ reason: 'Plaie de la main' });
}, 120_000);

test('the others wait for their turn, which comes early where the first declines', async () => {
  const { nurse, gp, idel } = people;
  const id = await nurse.liaison.ask(wanted(nurse, [[gp], [idel]]));
  expect((await seen(idel, id))?.kind).toBe('unscheduled-care');
  await expect(idel.liaison.accept(id, idel.team, '')).rejects.toMatchObject({
    code: 'item_not_allowed',
  });
  expect((await seen(gp, id))?.declineReasons).not.toContain('not-my-patient');
  await expect(gp.liaison.decline(id, gp.team, 'not-my-patient', '')).rejects.toMatchObject({
    code: 'item_not_allowed',
  });
  await gp.liaison.decline(id, gp.team, 'absent', '');
  await seen(idel, id);
  await idel.liaison.accept(id, idel.team, '');
  await agree(world, id, [nurse, gp, idel]);
}, 90_000);

test('an admission brings reason, treatments and allergies; mended, it replaces the first', async () => {
  const { gp, nurse, idel } = people;
  const draft = askDraft(gp, [[nurse]], {
    kind: 'admission',
    file: {
      ...{ patient, attendingPhysician: 'Dr Petit', reason: 'Dyspnée', history: '', treatments },
      ...{ treatmentsNote: '', allergies: { known: 'unknown' }, contacts: '', attachments: [] },
    },
  });
  const first = await gp.liaison.ask(draft);
  await seen(nurse, first);
  const mended = askDraft(gp, [[nurse]], {
    kind: 'admission',
    file: { ...draft.file, allergies: { known: 'some', which: 'Pénicilline' } },
    supersedes: first,
  });
  const id = await gp.liaison.ask(mended);
  expect(await seen(nurse, first)).toMatchObject({ phase: 'superseded', supersededBy: id });
  await seen(nurse, id);
  await nurse.liaison.accept(id, nurse.team, '');
  expect(await opened(nurse, gp, id)).toMatchObject({
    allergies: { known: 'some', which: 'Pénicilline' },
    treatments: [{ name: 'Furosémide 40 mg' }],
  });
  const alone = askDraft(gp, [[{ team: personMember(idel.person) }]], {
    kind: draft.kind,
    file: draft.file,
  });
  await expect(gp.liaison.ask(alone)).rejects.toMatchObject({ code: 'item_not_allowed' });
}, 90_000);

test('an expert sees the photo, and the answer stands in the file with its own', async () => {
  const { idel, gp, pharmacist } = people;
  const photo = {
    name: 'plaie.jpg',
    mediaType: 'image/jpeg',
    bytes: new Uint8Array(70_000).fill(7),
  };
  const draft = askDraft(idel, [[gp, pharmacist]], {
    kind: 'expert-opinion',
    file: { patient, question: 'Faut-il déterger ?', context: '', attachments: [] },
    attachments: [photo],
  });
  await idel.liaison.saveAsk(draft);
  expect(await idel.liaison.asks()).toEqual([draft]);
  const id = await idel.liaison.ask(draft);
  expect(await idel.liaison.asks()).toEqual([]);
  await seen(gp, id);
  await gp.liaison.accept(id, gp.team, '');
  const { attachments } = await opened(gp, idel, id);
  const [sent] = attachments;
  if (sent === undefined) throw new Error('the photo is missing');
  expect(await gp.liaison.attachment(id, sent)).toEqual(photo.bytes);
  expect((await gp.liaison.handoff(id))?.acts).toEqual(expect.arrayContaining(['answer']));
  const sketch = { name: 'schema.png', mediaType: 'image/png', bytes: new Uint8Array(100).fill(3) };
  await gp.liaison.giveOpinion(id, { answer: 'Oui, puis hydrogel.', advice: '' }, [sketch]);
  await expect(
    idel.liaison.giveOpinion(id, { answer: 'Merci', advice: '' }, []),
  ).rejects.toMatchObject({ code: 'item_not_allowed' });
  const answered = await seen(idel, id);
  expect(answered?.addressees.map(({ phase }) => phase).sort()).toEqual(['done', 'taken']);
  expect(answered?.opinions).toMatchObject([
    {
      by: { person: gp.person },
      opinion: { state: 'open', value: { answer: 'Oui, puis hydrogel.' } },
    },
  ]);
  const [given] = answered?.opinions ?? [];
  const [drawn] = given?.opinion.state === 'open' ? given.opinion.value.attachments : [];
  if (drawn === undefined) throw new Error('the sketch is missing');
  expect(await idel.liaison.attachment(id, drawn)).toEqual(sketch.bytes);
  await agree(world, id, [idel, gp, pharmacist]);
}, 90_000);

test('a request says by its template what is asked, and nothing of whom before it is taken', async () => {
  const { coordinator, gp } = people;
  const draft = askDraft(coordinator, [[gp]], {
    kind: 'request',
    template: 'attending-physician',
    urgency: 'routine',
    file: { patient, need: 'Un médecin traitant', context: '', wishes: '', attachments: [] },
  });
  const id = await coordinator.liaison.ask(draft);
  expect(await seen(gp, id)).toMatchObject({
    template: 'attending-physician',
    asked: { state: 'waiting', for: 'release' },
  });
  await gp.liaison.accept(id, gp.team, '');
  expect(await opened(gp, coordinator, id)).toMatchObject({ need: 'Un médecin traitant' });
  const mute = { ...draft.outline, act: '' };
  const unreadable = askDraft(coordinator, [[gp]], {
    ...{ kind: 'request', template: 'other', file: draft.file, outline: mute },
  });
  await expect(coordinator.liaison.ask(unreadable)).rejects.toMatchObject({ code: 'item_invalid' });
}, 90_000);
