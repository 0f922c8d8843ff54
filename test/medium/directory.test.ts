/** The directory over a real server, filled from the sample extract by the real importer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PersonCard, PractitionerHit } from '@liaison/contract/directory';
import { PersonId } from '@liaison/contract/ids';
import type { z } from 'zod';
import { importDirectory } from '../../src/directory/directory.import.js';
import { hash } from '../../src/platform/hash/blake.js';
import { readSampleFile } from '../../tools/sample/sample.files.js';
import { type Browser, GP, IdentityStage, NURSE } from './identity.stage.js';

type Hit = z.output<typeof PractitionerHit>;

const EXTRACT = readSampleFile('personnes-activites.txt').split('\n');
const petit = PersonId.parse(hash(Buffer.from('petit')));
let stage: IdentityStage;
let browser: Browser;

beforeAll(async () => {
  stage = await IdentityStage.open();
  await importDirectory(stage.fixture.database, EXTRACT);
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

describe('importing the extract', () => {
  test('again changes nothing; what the file no longer names is removed', async () => {
    const { database } = stage.fixture;
    const first = await importDirectory(database, EXTRACT);
    expect(first).toMatchObject({ leftOut: 0, removed: 0 });
    const shorter = EXTRACT.filter((line) => !line.includes('|PETIT|'));
    expect((await importDirectory(database, shorter)).removed).toBe(1);
    expect((await importDirectory(database, EXTRACT)).removed).toBe(0);
  });

  test('leaves out a row without a usable identifier, and refuses a file of another kind', async () => {
    const { database } = stage.fixture;
    const broken = [...EXTRACT, '8|1|not-an-id|', ''];
    expect((await importDirectory(database, broken)).leftOut).toBe(1);
    await expect(importDirectory(database, ['a|b|', '1|2|'])).rejects.toThrow(
      /no column « Identification nationale PP »/,
    );
    expect((await search('petit'))[0]?.nationalId).toBe(GP);
  });
});
