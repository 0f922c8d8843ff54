/**
 * The recovery sheet replaced and found again in a drawer, a reset that a live device stops, and a
 * colleague's card: two browser profiles of one person, and what each of them is shown.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look } from './chromium.stage.js';
import { openScene, the } from './scene.js';

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
}, 120_000);

afterAll(async () => {
  await the().close();
}, 30_000);

async function typeBack(page: Page, words: readonly string[]): Promise<void> {
  for (const field of await page.getByLabel(/^Mot n° /).all()) {
    const id = (await field.getAttribute('id')) ?? '';
    const label = await page.locator(`label[for="${id}"]`).innerText();
    await field.fill(words[Number(/\d+/.exec(label)?.[0] ?? '0') - 1] ?? '');
  }
  await page.getByRole('button', { name: 'Terminer' }).click();
}

async function restore(page: Page, words: readonly string[]): Promise<void> {
  await page.getByLabel('Mot n° 1', { exact: true }).fill(words.join(' '));
  await page.getByRole('button', { name: 'Relier avec mes mots' }).click();
}

test('a replaced sheet says by which one, and the new one restores an empty browser', async () => {
  const { page } = the().visitors.nurse;
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('button', { name: 'Remplacer ma feuille de secours' }).click();
  const list = page.locator('.recovery-words li');
  await list.first().waitFor();
  const words = await list.allTextContents();
  the().note(await look(page, 'sheet-new'));
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('img', { name: 'Code à scanner de la feuille de secours' }).waitFor();
  // A sheet of paper is read by nobody's screen reader: only its picture is looked at.
  await look(page, 'sheet-printed');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: 'C’est noté' }).click();
  await typeBack(page, words);
  await page.getByText('Détruisez l’ancienne feuille').waitFor();
  the().note(await look(page, 'sheet-done'));

  const { page: empty } = await the().again('nurse');
  await empty.getByText('Je n’ai pas d’autre appareil').click();
  await restore(empty, the().words.nurse.with(4, 'zzzz'));
  await empty.getByText('Ce mot n’existe pas : n° 5.').waitFor();
  await restore(empty, the().words.nurse);
  await empty.getByText(/a été remplacée/).waitFor();
  the().note(await look(empty, 'sheet-replaced'));
  await restore(empty, words);
  await empty.locator('button[value="899970000164"]').click();
  await empty.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
}, 90_000);

test('a reset is shown to the live device at once, which ends it', async () => {
  const { page } = the().visitors.nurse;
  const { page: stranger } = await the().again('nurse');
  await stranger.getByText('J’ai perdu tous mes appareils et ma feuille').click();
  the().note(await look(stranger, 'reset-offer'));
  await stranger.getByRole('button', { name: 'Demander une nouvelle identité' }).click();
  await stranger.locator('button[value="899970000164"]').click();
  await stranger.getByText('J’ai perdu tous mes appareils et ma feuille').click();
  await stranger.getByText(/Si personne ne s’y oppose/).waitFor();
  the().note(await look(stranger, 'reset-waiting'));
  await page.getByText('Quelqu’un demande à remplacer votre identité').waitFor();
  the().note(await look(page, 'reset-told'));
  await page.getByRole('button', { name: 'Ce n’est pas moi : refuser' }).click();
  await page.getByText('Quelqu’un demande à remplacer votre identité').waitFor({ state: 'hidden' });
  await stranger.reload();
  await stranger.getByText('J’ai perdu tous mes appareils et ma feuille').click();
  await stranger.getByText(/Refusée depuis un de vos appareils/).waitFor();
}, 60_000);

test('a colleague’s card says what certifies them, and keeps what was compared', async () => {
  const { nurse } = the().people;
  const { page } = the().visitors.nurse;
  const channel = await nurse.liaison.createChannel('Relève', [nurse.team]);
  await nurse.liaison.post(channel, 'Bonjour à tous', []);
  await page.goto(`${the().world.origin}/conversations/${channel}`);
  await page.locator('.message-text').first().waitFor();
  await page
    .getByRole('button', { name: /LEFEVRE/ })
    .first()
    .click();
  await page.getByText('Numéro de sécurité').waitFor();
  the().note(await look(page, 'card'));
  const groups = await page.locator('.safety-number span').allTextContents();
  const session = await nurse.liaison.searchDirectory('GARNIER');
  const member = session.find(({ party }) => party !== null)?.party?.member ?? '';
  const theirs = await nurse.liaison.personCard(member.slice(2) as never);
  expect(groups).toEqual(theirs.safety?.groups);
  await page.getByRole('button', { name: 'Nous voyons les mêmes chiffres' }).click();
  await page.getByText(/^ ?Comparé /).waitFor();
  the().note(await look(page, 'card-compared'));
}, 60_000);

test('nothing was refused and nothing failed', () => {
  expect(the().faults).toEqual([]);
});
