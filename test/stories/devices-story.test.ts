/** Devices come and go: a lost one is ended, a new one is let in by the printed code. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Uuid } from '@liaison/contract/ids';
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { letterOf } from '../support/letter.js';
import { type People, World } from '../support/world.js';

const COLLEAGUE = '899970000164';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
});

test('the recovery code and a fresh sign-in let a new device read what was said', async () => {
  const { nurse } = people;
  const first = await world.device();
  await world.signIn(first, COLLEAGUE);
  const words = await first.liaison.recoveryWords();
  await world.rehearse(first.liaison);
  const { person } = await first.liaison.session();
  if (person === null) throw new Error('The colleague has no identity.');
  await people.coordinator.liaison.admit(person);
  await nurse.liaison.addToTeam(nurse.teamId, person);
  const channel = await nurse.liaison.createChannel('Service', [nurse.team]);
  await nurse.liaison.post(channel, 'Réunion à midi', []);
  const said = [{ state: 'open', value: 'Réunion à midi' }];
  await eventually(async () => {
    const messages = await first.liaison.messages(channel);
    expect(messages.map(({ text }) => text)).toEqual(said);
  });

  const second = await world.device();
  expect((await world.signIn(second, COLLEAGUE)).state).toBe('other-device');
  const { authorizeUrl } = await second.liaison.beginRecovery(words, '/');
  expect((await world.comeBack(second, authorizeUrl, COLLEAGUE)).state).toBe('ready');
  await eventually(async () => {
    const messages = await second.liaison.messages(channel);
    expect(messages.map(({ text }) => text)).toEqual(said);
  });
  const devices = await second.liaison.devices();
  expect(devices.map(({ here, revokedAt }) => [here, revokedAt])).toEqual([
    [false, null],
    [true, null],
  ]);

  const lost = devices.find(({ here }) => !here);
  if (lost === undefined) throw new Error('The lost device is not listed.');
  await second.liaison.revokeDevice(lost.device);
  expect((await second.liaison.devices()).find(({ here }) => !here)?.revokedAt).not.toBeNull();
  await second.liaison.post(channel, 'Nouveau téléphone', []);
  await eventually(async () => {
    const messages = await nurse.liaison.messages(channel);
    expect(messages.at(-1)?.text).toEqual({ state: 'open', value: 'Nouveau téléphone' });
  });
  await expect(first.liaison.createChannel('Fantôme', [nurse.team])).rejects.toMatchObject({
    code: 'device_revoked',
  });
});

test('who leaves a team learns nothing new; who stays reads on', async () => {
  const { nurse, gp } = people;
  const channel = await nurse.liaison.createChannel('Suivi', [nurse.team, gp.team]);
  const [, colleague] = await nurse.liaison.teamMembers(nurse.teamId);
  if (colleague === undefined) throw new Error('The colleague is not in the team.');
  await nurse.liaison.removeFromTeam(nurse.teamId, colleague.person);
  await nurse.liaison.post(channel, 'Après le départ', []);
  await eventually(async () => {
    const [message] = await gp.liaison.messages(channel);
    expect(message?.text).toEqual({ state: 'open', value: 'Après le départ' });
  });
});

test('an addressee with the outline only gets the file by accepting', async () => {
  const { nurse, gp, idel } = people;
  const id = await nurse.liaison.sendHandoff({
    id: Uuid.parse(randomUUID()),
    savedAt: Date.now(),
    from: nurse.team,
    to: [gp.team, idel.team],
    outlineOnly: [idel.team],
    urgency: 'same-day',
    due: Date.now() - 1000,
    outline: {
      act: 'Injections',
      town: 'Laon',
      window: '',
      note: '',
      sender: 'Cardiologie',
      phone: '',
    },
    letter: letterOf('Martin'),
    incompleteReason: null,
    tasks: [],
    attachments: [],
    supersedes: null,
  });
  await eventually(async () => {
    const view = await idel.liaison.handoff(id);
    expect(view?.outline.state).toBe('open');
    expect(view?.letter).toEqual({ state: 'waiting', for: 'release' });
    expect(view?.addressees.map(({ overdue }) => overdue)).toEqual([true, true]);
  });
  await idel.liaison.accept(id, idel.team, '');
  await eventually(async () => {
    expect((await idel.liaison.handoff(id))?.letter.state).toBe('open');
  });
});

test('a restarted server is found again, and nothing is lost or taken for a lie', async () => {
  const { gp } = people;
  const before = await gp.liaison.handoffs();
  await world.restartServer();
  await eventually(async () => {
    expect((await gp.liaison.connection()).live).toBe('socket');
  }, 20_000);
  expect((await gp.liaison.handoffs()).length).toBe(before.length);
  expect((await gp.liaison.connection()).alarm).toBeNull();
}, 40_000);
