/** The fictional people: read by normalised headers, and plainly fictional in every number. */
import { describe, expect, test } from '@jest/globals';
import { sampleCommunity } from './community.js';
import { parsePeople, samplePeople } from './people.js';
import { readSampleFile } from './sample.files.js';

const FILE = readSampleFile('personnes-activites.txt');

describe('the sample people', () => {
  test('the file has the 56 columns of the extract and a trailing separator', () => {
    for (const line of FILE.trimEnd().split('\n')) {
      expect(line.endsWith('|')).toBe(true);
      expect(line.split('|')).toHaveLength(57);
    }
  });

  test('everybody is plainly fictional', () => {
    for (const person of samplePeople()) {
      expect(person.rpps).toMatch(/^9997\d{7}$/);
      expect(person.nationalId).toBe(`8${person.rpps}`);
      for (const activity of person.activities) {
        expect(activity.siteFiness).toMatch(/^(02997\d{4})?$/);
        expect(activity.phone).toMatch(/^(035301|063998)\d{4}$/);
        expect(activity.email).toMatch(/\.example$/);
      }
    }
  });

  test('a person with several rows is one person with several activities', () => {
    const people = samplePeople();
    expect(people).toHaveLength(16);
    const diallo = people.find((person) => person.familyName === 'DIALLO');
    expect(diallo?.activities.map((a) => a.modeCode)).toEqual(['S', 'L']);
    const moreau = people.find((person) => person.familyName === 'MOREAU');
    expect(moreau?.activities.map((a) => a.professionCode)).toEqual(['50', '60']);
  });

  test('columns are found by name, whatever their order, case and accents', () => {
    const shuffle = (line: string): string => `${line.split('|').reverse().slice(1).join('|')}|`;
    const [header, ...rows] = FILE.trimEnd().split('\n');
    const renamed = shuffle(header ?? '')
      .toUpperCase()
      .replace('NUMÉRO FINESS SITE', 'Numero  Finess site');
    expect(parsePeople([renamed, ...rows.map(shuffle)].join('\r\n'))).toEqual(samplePeople());
  });

  test('a missing column is named', () => {
    expect(() => parsePeople('Identifiant PP|\n99970000016|\n')).toThrow(
      /Identification nationale PP/,
    );
  });
});

test('the community names only people who exist', () => {
  const { teams, people, signIn } = sampleCommunity();
  const ids = new Set(samplePeople().map((person) => person.nationalId));
  const keys = new Set(people.map((person) => person.key));
  const named = [...teams.flatMap((t) => t.professionals), ...Object.values(signIn).flat()];
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
  expect(teams.flatMap((t) => t.others).filter((key) => !keys.has(key))).toEqual([]);
  expect(ids.size).toBe(new Set(teams.flatMap((t) => t.professionals)).size);
});
