/**
 * The first start's story against a real server, and what its people then see on a browser of
 * their own, linked by the words that the emulator shows.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HandoffView } from '@liaison/sdk/face';
import { importDirectory } from '../../src/directory/directory.import.js';
import { linesSource } from '../../src/directory/extract.source.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { CAST, type Company } from '../../tools/cast/company.js';
import { NURSES, OTHER_NURSES } from '../../tools/cast/discharge.js';
import { linkDevice } from '../../tools/cast/device.js';
import { SampleHome } from '../../tools/cast/sample.home.js';
import { playFirstStart } from '../../tools/first-start/first-start.js';
import { readRecoveryWords } from '../../tools/psc-emulator/recovery-words.js';
import { readSampleFile } from '../../tools/sample/sample.files.js';
import { World } from '../support/world.js';

let world: World;
let folder: string;

beforeAll(async () => {
  world = await World.open();
  folder = mkdtempSync(join(tmpdir(), 'liaison-first-start-'));
  await close(await play());
}, 120_000);

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function play(): Promise<Company> {
  const lines = readSampleFile('personnes-activites.txt').split('\n');
  return playFirstStart({
    stage: { origin: world.origin, home: new SampleHome(folder), socket: false },
    operator: {
      importDirectory: async () => {
        const clock = new SystemClock();
        const options = { register: 'practitioners', clock } as const;
        await importDirectory(world.fixture.database, linesSource(lines), options);
      },
      inviteCoordinator: (name) => world.operatorLink(name),
    },
    now: Date.now(),
    tell: () => undefined,
  });
}

const close = (company: Company) =>
  Promise.all(company.everybody().map(({ liaison }) => liaison.dispose()));

/** As somebody who opens a browser for the first time after the story. */
async function browserOf(idnps: string) {
  const device = await world.device();
  expect((await world.signIn(device, idnps)).state).toBe('other-device');
  const session = await linkDevice(device, idnps, readRecoveryWords(folder)[idnps] ?? []);
  expect(session.state).toBe('ready');
  await device.liaison.sync();
  return device.liaison;
}

const patientsOf = (views: readonly HandoffView[]): string[] =>
  views.map(({ letter }) =>
    letter.state === 'open' ? letter.value.patient.birthName : letter.state,
  );

test('the discharge nurse finds both of her handoffs, one taken and one waiting', async () => {
  const nurse = await browserOf(CAST.nurse);
  const views = await nurse.handoffs();
  expect(patientsOf(views).sort()).toEqual(['GRANDIN', 'MERCIER']);
  const phasesOf = (patient: string) =>
    views
      .find((view) => patientsOf([view])[0] === patient)
      ?.addressees.map(({ party, phase }) => [party.name, phase]);
  expect(phasesOf('MERCIER')).toEqual(
    expect.arrayContaining([
      ['Cabinet du Dr Petit', 'accepted'],
      ['Pharmacie du Beffroi', 'accepted'],
      [NURSES, 'reassigned'],
      [OTHER_NURSES, 'accepted'],
    ]),
  );
  expect(phasesOf('GRANDIN')?.map(([, phase]) => phase)).toEqual(['offered', 'offered', 'offered']);
  expect((await nurse.session()).teams.map(({ name }) => name)).toEqual([
    'Cardiologie · CH de Laon',
  ]);
});

test('a letter is complete, its prescription opens, and four people have spoken', async () => {
  const gp = await browserOf(CAST.gp);
  const [view] = await gp.handoffs();
  if (view?.letter.state !== 'open') throw new Error('The letter is not open.');
  expect(view.missing).toEqual([]);
  const [prescription] = view.letter.value.attachments;
  if (prescription === undefined) throw new Error('The prescription is missing.');
  const bytes = await gp.attachment(view.id, prescription);
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(new Set(view.conversation.map(({ author }) => author.person)).size).toBe(4);
  expect(view.tasks.filter(({ doneAt }) => doneAt !== null)).toHaveLength(1);
});

test('a home nurse has something to answer, and reads both channels', async () => {
  const nurse = await browserOf('899970000065');
  const open = (await nurse.handoffs()).filter(({ acts }) => acts.includes('accept'));
  expect(patientsOf(open)).toEqual(['GRANDIN']);
  const titles = (await nurse.channels()).map(({ title }) => title);
  expect(titles).toEqual(
    expect.arrayContaining([
      { state: 'open', value: 'Pansements complexes' },
      { state: 'open', value: 'Sorties de cardiologie' },
    ]),
  );
});

test('played again, the story finds everything done', async () => {
  const company = await play();
  const { liaison } = company.player(CAST.nurse);
  await liaison.sync();
  expect(await liaison.handoffs()).toHaveLength(2);
  const [first] = await liaison.handoffs();
  expect((await liaison.channels()).filter(({ title }) => title.state === 'open')).toHaveLength(3);
  expect(first?.conversation.length).toBeLessThanOrEqual(4);
  await close(company);
});
