/** Everybody is called by what they do, and nobody by a word that somebody made up. */
import { expect, test } from '@jest/globals';
import { professionName as english } from './en/professions.en.js';
import { professionName as french } from './fr/professions.fr.js';

test('names a profession by its number, and shows the number that has no name yet', () => {
  expect([french('28'), french('92')]).toEqual(['Opticien(ne)-lunetier(ère)', 'Orthoptiste']);
  expect([english('28'), english('92')]).toEqual(['Optician', 'Orthoptist']);
  expect([french('41'), english('41')]).toEqual(['Profession n° 41', 'Profession no. 41']);
});

test('a function without a name is another function, whatever it calls itself', () => {
  expect([french('chef-de-service'), english('doctor')]).toEqual([
    'Autre fonction',
    'Other function',
  ]);
});
