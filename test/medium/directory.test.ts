/** The directory over a real server, filled from the sample extract by the real importer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PersonCard, PractitionerHit } from '@liaison/contract/directory';
import { PersonId } from '@liaison/contract/ids';
import type { z } from 'zod';
import { importDirectory } from '../../src/directory/directory.import.js';
import { linesSource } from '../../src/directory/extract.source.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { hash } from '../../src/platform/hash/blake.js';
import { readSampleFile } from '../../tools/sample/sample.files.js';
import { type Browser, GP, IdentityStage, NURSE } from './identity.stage.js';

type Hit = z.output<typeof PractitionerHit>;

const EXTRACT = readSampleFile('personnes-activites.txt');
const petit = PersonId.parse(hash(Buffer.from('petit')));
let stage: IdentityStage;
let browser: Browser;

beforeAll(async () => {
  stage = await IdentityStage.open();
  const options = { register: 'practitioners', clock: new SystemClock() } as const;
  await importDirectory(stage.fixture.database, linesSource(EXTRACT.split('\n')), options);
  const gp = await stage.signedIn(GP);
  await stage.enrol((await gp.session())!.account, petit);
  browser = await stage.signedIn(NURSE);
});

afterAll(() => stage.close());

const search = async (words: string): Promise<Hit[]> => {
  const path = `/api/directory/people?q=${encodeURIComponent(words)}`;
  return (await browser.get<{ people: Hit[] }>(path)).body.people;
};

describe('searching people', () => {
  test.each([
    ['petit', 'HELENE PETIT'],
    ['Hélène  PETIT', 'HELENE PETIT'],
    ['petti', 'HELENE PETIT'],
    ['lefebvre', 'NADIA LEFEVRE'],
    ['nguyen', 'NGUYEN'],
    ['nguien', 'NGUYEN'],
    ['remparts', 'REMPARTS'],
    ['petit laon', 'HELENE PETIT'],
    ['médecin laon petit', 'HELENE PETIT'],
    ['hel pet', 'HELENE PETIT'],
  ])('%s finds %s first', async (words, wanted) => {
    const [first] = await search(words);
    expect(`${String(first?.name)} ${String(first?.structure)}`).toContain(wanted);
  });

  test('shows who is here already, and where they practise', async () => {
    const [first] = await search('petit');
    expect(first).toMatchObject({ nationalId: GP, person: petit, profession: '10', town: 'LAON' });
    expect((await search('nguyen'))[0]?.person).toBeNull();
  });

  test('finds nobody for words that resemble nobody, and takes wildcards as words', async () => {
    expect(await search('zzyzx')).toEqual([]);
    expect(await search('%%')).toEqual([]);
    expect((await browser.get('/api/directory/people?q=a')).body.code).toBe('request_invalid');
  });
});

test('cards name people by id; unknown ids are left out', async () => {
  const people = [petit, PersonId.parse(hash(Buffer.from('nobody')))];
  const reply = await browser.post<{ people: z.output<typeof PersonCard>[] }>('/api/people/query', {
    people,
  });
  expect(reply.body.people).toMatchObject([
    { person: petit, name: 'HELENE PETIT', source: 'provider', nationalId: GP, fictional: true },
  ]);
});
