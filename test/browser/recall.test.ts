/**
 * The wrong patient: a nurse takes back a letter that a doctor has opened. She sees that he had, he
 * sees that it is gone and why, and neither browser shows a word of it any more. Prints its taps
 * and seconds.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { draftOf } from '../support/handoff-draft.js';
import { letterOf } from '../support/letter.js';
import type { Page } from 'playwright-core';
import { look } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';

const MOST_TAPS = 4;
const WRONG = 'Vandenbroucke';

let id: CircleId;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
  await the().arrive('gp');
  const { nurse, gp, idel } = the().people;
  const letter = letterOf(WRONG);
  const task = { title: `Pansement de M. ${WRONG}`, detail: '', owner: gp.team, due: null };
  const draft = draftOf(nurse, [gp, idel], { letter, tasks: [task] });
  id = await nurse.liaison.sendHandoff(draft);
}, 180_000);

afterAll(async () => {
  await the().close();
}, 30_000);

const pageOf = (role: 'nurse' | 'gp') => the().visitors[role].page;
const story = (): string => `${the().world.origin}/transmissions/${id}`;

test('the doctor opens the letter of somebody who is not his patient', async () => {
  const page = pageOf('gp');
  await page.goto(the().world.origin);
  await page
    .getByRole('link', { name: /Pansement et surveillance/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: new RegExp(WRONG) }).waitFor();
  expect(page.url()).toBe(story());
  await page.getByRole('button', { name: 'Je prends' }).first().click();
  await page.getByText(/^Pris en charge par/).waitFor();
}, 60_000);

/** A new letter, with a few letters of the name typed. */
async function typeName(page: Page): Promise<void> {
  await page.goto(the().world.origin);
  await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
  await page.getByRole('heading', { name: 'Transmettre un patient' }).waitFor();
  await page.getByLabel('Nom de naissance').fill(WRONG.slice(0, 6).toLowerCase());
}

const knownAgain = (page: Page) =>
  page.getByRole('button', { name: new RegExp(`^Reprendre ${WRONG}`) });

test('on the next letter, a few letters of a known name fill the identity', async () => {
  const page = pageOf('nurse');
  await typeName(page);
  await knownAgain(page).waitFor();
  the().note(await look(page, 'patient-known'));
  await knownAgain(page).click();
  expect(await page.getByLabel('Nom de naissance').inputValue()).toBe(WRONG);
  expect(await page.getByLabel('Prénoms').inputValue()).toBe('Jeanne');
  // An identity is not typed twice: whoever is chosen is offered no more.
  await knownAgain(page).waitFor({ state: 'detached' });
  await page.getByLabel('Nom de naissance').fill('');
}, 60_000);

test('the nurse takes it back in a few taps, and sees who had opened it', async () => {
  const page = pageOf('nurse');
  await page.goto(story());
  await page.getByText(/^Pris en charge par/).waitFor();
  await resetInteractions(page);
  const began = performance.now();
  await page.getByRole('button', { name: 'Annuler la transmission' }).click();
  await page.getByRole('dialog', { name: 'Que s’est-il passé ?' }).waitFor();
  the().note(await look(page, 'recall-why'));
  await page.getByRole('button', { name: 'Mauvais patient' }).click();
  const sheet = page.getByRole('dialog', { name: 'Rappeler et effacer ?' });
  await sheet.getByText(/NGUYEN l’avait ouverte/).waitFor();
  the().note(await look(page, 'recall-sure'));
  await sheet.getByRole('button', { name: 'Rappeler et effacer' }).click();
  await page.getByRole('heading', { name: /^Rappelée par/ }).waitFor();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const used = await interactionsOf(page);
  console.log(`recall of a wrong patient: ${used} interactions (most ${MOST_TAPS}), ${seconds} s`);
  expect(used).toBeLessThanOrEqual(MOST_TAPS);
  await page
    .locator('.ending')
    .getByText(/NGUYEN l’avait ouverte/)
    .waitFor();
  await page
    .locator('.ending')
    .getByText(/personne ne l’avait ouverte/)
    .waitFor();
  the().note(await look(page, 'recalled-sender'));
}, 60_000);

test('the doctor sees that it was taken back, and why; nothing of it is left', async () => {
  const page = pageOf('gp');
  await page.getByRole('heading', { name: /^Rappelée par/ }).waitFor();
  await page.getByText('Ne vous fiez plus à ce que vous aviez lu').waitFor();
  await page
    .locator('.demand')
    .getByText(/Mauvais patient/)
    .waitFor();
  the().note(await look(page, 'recalled-addressee'));
  for (const role of ['gp', 'nurse'] as const) {
    const one = pageOf(role);
    await one.reload();
    await one.getByRole('heading', { name: 'Identité effacée' }).waitFor();
    expect(await one.locator('body').innerText()).not.toContain(WRONG);
  }
  await typeName(pageOf('nurse'));
  expect(await knownAgain(pageOf('nurse')).count()).toBe(0);
  await page.goto(the().world.origin);
  // Among what is over, which is folded away.
  await page.getByText('Identité effacée').first().waitFor({ state: 'attached' });
  expect(await page.locator('body').innerText()).not.toContain(WRONG);
}, 60_000);

test('each screen met the rules of access', () => {
  expect(the().faults).toEqual([]);
});
