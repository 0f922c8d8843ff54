/** The main job: a hospital hands a patient over, and the city takes it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CircleId, Uuid } from '@liaison/contract/ids';
import type { HandoffDraft, HandoffView } from '@liaison/sdk/face';
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { letterOf } from '../support/letter.js';
import { type People, type Player, World } from '../support/world.js';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 60_000);

afterAll(async () => {
  await world.close();
});

const handoffOf = async (player: Player, id: CircleId): Promise<HandoffView> => {
  const view = await player.liaison.handoff(id);
  if (view === null) throw new Error('The handoff is not here.');
  return view;
};

const phaseOf = (view: HandoffView | null, player: Player) =>
  view?.addressees.find((addressee) => addressee.party.member === player.team)?.phase;

function draft(from: Player, to: readonly Player[]): HandoffDraft {
  return {
    id: Uuid.parse(randomUUID()),
    savedAt: Date.now(),
    from: from.team,
    to: to.map(({ team }) => team),
    urgency: 'same-day',
    due: Date.now() + 4 * 3_600_000,
    outline: {
      act: 'Pansement et surveillance',
      town: 'Laon',
      window: 'demain matin',
      note: '',
      sender: 'Cardiologie',
      phone: '03 53 01 00 00',
    },
    letter: letterOf('Durand'),
    incompleteReason: null,
    tasks: [
      {
        title: 'Pansement',
        detail: 'Tous les deux jours',
        owner: to[0]?.team ?? from.team,
        due: null,
      },
    ],
    attachments: [
      {
        name: 'ordonnance.pdf',
        mediaType: 'application/pdf',
        bytes: new Uint8Array(300_000).fill(7),
      },
    ],
    supersedes: null,
  };
}

test('everybody is enrolled, known by a certified name, and in an endorsed team', async () => {
  const { gp, nurse, coordinator } = people;
  const session = await gp.liaison.session();
  expect(session.state).toBe('ready');
  expect(session.teams.map(({ name }) => name)).toEqual(['Cabinet du Dr Petit']);
  expect(session.community?.name).toBe('CPTS du Laonnois');
  const seen = await nurse.liaison.person(gp.person);
  expect(seen?.trust).toMatchObject({ level: 'certified', fictional: true });
  expect(seen?.nationalId).toBe('899970000032');
  expect((await nurse.liaison.person(coordinator.person))?.trust.level).toBe('server');
  const [hit] = await nurse.liaison.searchDirectory('beffroi');
  expect(hit?.party?.member).toBe(people.pharmacist.team);
});

test('a channel between two teams carries messages both ways, live', async () => {
  const { nurse, gp } = people;
  const channel = await nurse.liaison.createChannel('Sorties', [nurse.team, gp.team]);
  await nurse.liaison.post(channel, 'Bonjour docteur', []);
  await eventually(async () => {
    const [message] = await gp.liaison.messages(channel);
    expect(message?.text).toEqual({ state: 'open', value: 'Bonjour docteur' });
  });
  expect((await gp.liaison.channels()).find(({ id }) => id === channel)).toMatchObject({
    unread: 1,
  });
  await gp.liaison.markRead(channel);
  await gp.liaison.post(channel, 'Bonjour Nadia', []);
  await eventually(async () => {
    const messages = await nurse.liaison.messages(channel);
    expect(messages.map(({ text, delivery }) => [text, delivery])).toEqual([
      [{ state: 'open', value: 'Bonjour docteur' }, 'sent'],
      [{ state: 'open', value: 'Bonjour Nadia' }, 'sent'],
    ]);
  });
});

test('a discharge goes to three; each answers; one declines and is replaced', async () => {
  const { nurse, gp, idel, pharmacist } = people;
  const wish = draft(nurse, [gp, idel]);
  await nurse.liaison.saveDraft(wish);
  const id = await nurse.liaison.sendHandoff(wish);
  expect(await nurse.liaison.drafts()).toEqual([]);
  await eventually(async () => {
    expect((await handoffOf(gp, id)).letter.state).toBe('open');
  });
  const seen = await handoffOf(gp, id);
  expect(seen.letter).toMatchObject({ value: { patient: { birthName: 'Durand' } } });
  expect(seen.acts).toEqual(['accept', 'decline']);
  expect(seen.tasks[0]?.title).toEqual({ state: 'open', value: 'Pansement' });
  const ref = seen.letter.state === 'open' ? seen.letter.value.attachments[0] : undefined;
  if (ref === undefined) throw new Error('The prescription is missing.');
  expect((await gp.liaison.attachment(id, ref)).length).toBe(300_000);

  await gp.liaison.markRead(id);
  await gp.liaison.accept(id, gp.team, 'Vu demain');
  await idel.liaison.sync();
  await idel.liaison.decline(id, idel.team, 'no-capacity', 'Complet');
  await eventually(async () => {
    const view = await nurse.liaison.handoff(id);
    expect([phaseOf(view, gp), phaseOf(view, idel)]).toEqual(['accepted', 'declined']);
    const first = view?.addressees.find(({ party }) => party.member === gp.team);
    expect(first?.note).toBe('Vu demain');
    expect(first?.readAt).not.toBeNull();
  });

  await nurse.liaison.reassign(id, idel.team, pharmacist.team, Date.now() + 3_600_000);
  await eventually(async () => {
    expect((await handoffOf(pharmacist, id)).letter.state).toBe('open');
  });
  await pharmacist.liaison.accept(id, pharmacist.team, '');
  await gp.liaison.post(id, 'Merci pour la lettre', []);
  await eventually(async () => {
    const view = await handoffOf(nurse, id);
    expect(view.conversation.map(({ text }) => text)).toEqual([
      { state: 'open', value: 'Merci pour la lettre' },
    ]);
    expect(phaseOf(view, pharmacist)).toBe('accepted');
  });
  await nurse.liaison.close(id);
  await eventually(async () => {
    expect((await handoffOf(gp, id)).phase).toBe('closed');
  });
});

test('nothing misbehaved, and nothing waits', async () => {
  for (const { liaison } of Object.values(people)) {
    expect(await liaison.connection()).toEqual({
      live: 'socket',
      waiting: 0,
      leaving: [],
      alarm: null,
    });
  }
});
