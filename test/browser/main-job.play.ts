/**
 * The main job in a browser, in French, at a phone's width, against the real server: a nurse sets
 * her device up, hands a patient over to three teams, and sees each of them answer.
 */
import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { compose, DATAMATRIX } from './compose.js';
import { look, withAuthenticator } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { the } from './scene.js';

const MOST_TO_SEND = 25;
const MOST_TO_ACCEPT = 2;

test('the sign-in screen stands in French, and in English when asked', async () => {
  const { page } = await the().stage.visitor('guest');
  await page.goto(the().world.origin);
  await page
    .getByRole('heading', { name: 'La suite des soins, passée de main en main.' })
    .waitFor();
  the().note(await look(page, 'sign-in'));
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Care that goes on, from hand to hand.' }).waitFor();
  the().note(await look(page, 'sign-in-en'));
}, 30_000);

test('four people set their device up and come into their teams', async () => {
  for (const role of ['nurse', 'gp', 'idel', 'pharmacist'] as const) await the().arrive(role);
  await the()
    .visitors.nurse.page.getByRole('heading', { name: 'Cardiologie · CH de Laon' })
    .waitFor();
  the().note(await look(the().visitors.nurse.page, 'home-empty'));
}, 90_000);

test('a discharge to three takes few interactions', async () => {
  const { page } = the().visitors.nurse;
  await resetInteractions(page);
  await compose(page, the().faults);
  await page.getByRole('heading', { name: 'M. DARK Jean' }).waitFor();
  const used = await interactionsOf(page);
  console.log(`discharge to three: ${used} interactions (most ${MOST_TO_SEND})`);
  expect(DATAMATRIX).toContain('IS01');
  expect(used).toBeLessThanOrEqual(MOST_TO_SEND);
  the().note(await look(page, 'story-sent'));
}, 60_000);

test('the GP accepts from the notification in two interactions', async () => {
  const { page } = the().visitors.gp;
  await page.getByRole('link', { name: /^Nouvelles/ }).click();
  const news = page.getByRole('link', { name: /On vous demande de prendre un patient/ });
  await news.waitFor();
  the().note(await look(page, 'news'));
  await resetInteractions(page);
  await news.click();
  await page.getByRole('button', { name: 'Je prends' }).first().waitFor();
  the().note(await look(page, 'story-asked'));
  await page.getByRole('button', { name: 'Je prends' }).first().click();
  await page.getByText(/^Pris en charge par/).waitFor();
  const used = await interactionsOf(page);
  console.log(`accept from the notification: ${used} interactions (most ${MOST_TO_ACCEPT})`);
  expect(used).toBeLessThanOrEqual(MOST_TO_ACCEPT);
}, 30_000);

test('the home nurse accepts with the keyboard alone', async () => {
  const { page } = the().visitors.idel;
  const take = page.getByRole('button', { name: 'Je prends' });
  await take.waitFor();
  the().note(await look(page, 'home-asked'));
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await take.evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Pris par nous' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Touches du clavier' }).waitFor();
  the().note(await look(page, 'keys'));
  await page.keyboard.press('Escape');
}, 30_000);

test('the pharmacist declines with a reason, and the nurse sees all three answers', async () => {
  const { page } = the().visitors.pharmacist;
  await page.getByText('Décliner', { exact: true }).click();
  await page.getByRole('button', { name: 'Plus de place' }).click();
  await page.getByRole('button', { name: 'Je prends' }).waitFor({ state: 'detached' });
  const nurse = the().visitors.nurse.page;
  await nurse.getByText('Plus de place').waitFor();
  await eventually(async () => {
    expect(await nurse.getByText(/^Pris en charge par/).count()).toBe(2);
  });
  the().note(await look(nurse, 'story-answered'));
}, 30_000);

test('the nurse reads who can read, asks another, and talks at the foot of the story', async () => {
  const { page } = the().visitors.nurse;
  await page.getByRole('button', { name: /^Chiffré de bout en bout/ }).click();
  await page.getByRole('heading', { name: 'Qui peut lire ceci' }).waitFor();
  await page.getByRole('heading', { name: 'Pharmacie du Beffroi' }).waitFor();
  the().note(await look(page, 'trust'));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Demander à un autre' }).first().click();
  await page.getByRole('dialog', { name: 'Demander à un autre' }).waitFor();
  the().note(await look(page, 'reassign'));
  await page.keyboard.press('Escape');
  await page.getByLabel('Votre message').fill('Le pansement a été fait à 9 h.');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.getByText('envoyé', { exact: true }).waitFor();
  const idel = the().visitors.idel.page;
  await idel.getByRole('link', { name: /M\. D\., / }).click();
  await idel.getByText('Le pansement a été fait à 9 h.').waitFor();
}, 30_000);

test('a locked session opens with a passkey, and a further accept costs one more', async () => {
  const { page, context } = the().visitors.gp;
  await withAuthenticator(context, page);
  await page.goto(`${the().world.origin}/moi`);
  await page.getByText('Clés d’accès', { exact: true }).click();
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await page.getByRole('button', { name: 'Verrouiller maintenant' }).click();
  await page.getByRole('heading', { name: 'Session verrouillée' }).waitFor();
  the().note(await look(page, 'lock'));
  await resetInteractions(page);
  await page.getByRole('button', { name: 'Déverrouiller avec ma clé d’accès' }).click();
  await page.getByRole('heading', { name: 'Moi', exact: true }).waitFor();
  expect(await interactionsOf(page)).toBe(1);
}, 30_000);
