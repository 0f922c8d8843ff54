/** Other ways in: the paper with the words, an invitation's link, a person of two activities. */
import { expect, test } from '@jest/globals';
import { look, withAuthenticator } from './chromium.stage.js';
import { the } from './scene.js';
import { setUp, signIn } from './way-in.js';

const MIDWIFE_AND_NURSE = '899970000131';

test('twelve words on an empty browser, and the letter is read at once', async () => {
  const { page } = await the().again('nurse');
  await page.getByRole('heading', { name: 'Relier cet appareil' }).waitFor();
  the().note(await look(page, 'link-device'));
  await page.getByText('Je n’ai pas d’autre appareil').click();
  await page.getByLabel('Mot n° 1', { exact: true }).fill(the().words.nurse.join(' '));
  await page.getByRole('button', { name: 'Relier avec mes mots' }).click();
  await page.locator('button[value="899970000164"]').click();
  await page
    .getByRole('link', { name: /M\. D\., / })
    .first()
    .click();
  await page.getByText('Décompensation cardiaque gauche.').waitFor();
  the().note(await look(page, 'story-linked'));
}, 60_000);

test('an invited secretary enters with a passkey, and others see who vouches for her', async () => {
  const { page: nurse } = the().visitors.nurse;
  await nurse.goto(`${the().world.origin}/annuaire`);
  await nurse.getByText('Inviter quelqu’un sans Pro Santé Connect').click();
  await nurse.getByLabel('Prénom et nom').fill('Sophie Lambert');
  await nurse.getByRole('button', { name: 'Créer le lien' }).click();
  const field = nurse.getByLabel(/^Lien à remettre/);
  await field.waitFor();
  the().note(await look(nurse, 'invite'));
  const visitor = await the().stage.visitor('secretary');
  await withAuthenticator(visitor.context, visitor.page);
  await visitor.page.goto(await field.inputValue());
  await visitor.page.getByText(/Mathis GARNIER vous invite/).waitFor();
  the().note(await look(visitor.page, 'invitation'));
  await visitor.page.getByRole('button', { name: 'Créer ma clé d’accès et entrer' }).click();
  await setUp(visitor, the().faults);
  await the().letIn('Lambert', the().people.nurse);
  await nurse.goto(the().world.origin);
  await nurse
    .getByRole('link', { name: /M\. D\., / })
    .first()
    .click();
  await nurse.getByRole('button', { name: /^Chiffré de bout en bout/ }).click();
  await nurse.getByText(/Présenté\(e\) par Mathis GARNIER/).waitFor();
  the().note(await look(nurse, 'trust-vouched'));
  await nurse.keyboard.press('Escape');
}, 60_000);

test('a midwife who is also a nurse says as whom she acts', async () => {
  const visitor = await the().stage.visitor('midwife');
  const { page } = visitor;
  await signIn(visitor, the().world.origin, MIDWIFE_AND_NURSE);
  await page.getByRole('heading', { name: 'Vous exercez aujourd’hui comme…' }).waitFor();
  the().note(await look(page, 'role'));
  await page.getByRole('button', { name: /^Sage-femme/ }).click();
  await setUp(visitor, the().faults);
  await page.goto(`${the().world.origin}/moi`);
  expect(await page.getByRole('radio', { name: /^Sage-femme/ }).isChecked()).toBe(true);
}, 60_000);
