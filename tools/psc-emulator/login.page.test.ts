/** The emulator’s chooser: who is on it, and that nothing in it is a script or a hidden word. */
import { expect, test } from '@jest/globals';
import { emulatedPeople } from './emulated.people.js';
import { loginPage } from './login.page.js';

const NURSE = '899970000016';

test('a card shows the words of whoever has some, and no script stands in the page', () => {
  const html = loginPage('/interaction/x', emulatedPeople(), { [NURSE]: ['adoucir', 'péplum'] });
  expect(html.split('Mots de secours (fictifs)')).toHaveLength(2);
  expect(html).toContain('data-words="adoucir péplum"');
  expect(html).toMatch(/<script src="[^"]+" defer><\/script>/);
  expect(html).not.toMatch(/<script(?! src)|\son\w+=/);
});

test('before the sample is played there are neither words nor script', () => {
  const html = loginPage('/interaction/x', emulatedPeople(), {});
  expect(html).not.toMatch(/Mots de secours|<script/);
});
