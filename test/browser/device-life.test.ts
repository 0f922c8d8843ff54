/**
 * One person, two browser profiles: an empty one is restored by the paper, the other one is told,
 * names it, and revokes it from that instant; the revoked one sees its end.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';

const NURSE = '899970000164';

let restored: Page;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
}, 120_000);

afterAll(async () => {
  await the().close();
}, 30_000);

function told(what: string, began: number, taps: number): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${what}: ${seconds} s, ${String(taps)} taps\n`);
}

test('an empty browser is restored by the paper, and the other one is told', async () => {
  const { page: phone } = the().visitors.nurse;
  const { page } = await the().again('nurse');
  restored = page;
  await page.getByText('Je n’ai pas d’autre appareil').waitFor();
  const began = performance.now();
  await resetInteractions(page);
  await page.getByText('Je n’ai pas d’autre appareil').click();
  await page.getByLabel('Mot n° 1', { exact: true }).fill(the().words.nurse.join(' '));
  await page.getByRole('button', { name: 'Relier avec mes mots' }).click();
  await page.locator(`button[value="${NURSE}"]`).click();
  await page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
  told('Restored by the paper', began, await interactionsOf(page));
  await phone.getByText(/a été relié à votre compte avec votre feuille de secours/).waitFor();
  the().note(await look(phone, 'device-told'));
}, 60_000);

test('a device is renamed in its line', async () => {
  const { page: phone } = the().visitors.nurse;
  await phone.goto(`${the().world.origin}/moi`);
  await phone.getByText('cet appareil', { exact: true }).waitFor();
  await phone.getByText('Chrome · Linux').first().waitFor();
  the().note(await look(phone, 'device-list'));
  const began = performance.now();
  await resetInteractions(phone);
  await phone
    .getByRole('button', { name: /^Renommer / })
    .last()
    .click();
  await phone.getByLabel('Nom de l’appareil').fill('Ordinateur de garde');
  the().note(await look(phone, 'device-rename'));
  await phone.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await phone.getByText('Ordinateur de garde', { exact: true }).waitFor();
  const taps = await interactionsOf(phone);
  told('Renamed', began, taps);
  expect(taps).toBeLessThanOrEqual(3);
}, 60_000);

test('“it was not me” revokes from that instant, and the other screen says so', async () => {
  const { page: phone } = the().visitors.nurse;
  const began = performance.now();
  await resetInteractions(phone);
  await phone.getByRole('button', { name: /^Ce n’était pas moi/ }).click();
  const sheet = phone.getByRole('dialog');
  await sheet.getByText('Il est coupé tout de suite').waitFor();
  the().note(await look(phone, 'device-revoke'));
  await sheet.getByRole('button', { name: 'Révoquer', exact: true }).click();
  await restored.getByRole('heading', { name: 'Cet appareil a été révoqué' }).waitFor();
  const taps = await interactionsOf(phone);
  told('Revoked from the notice', began, taps);
  expect(taps).toBeLessThanOrEqual(2);
  the().note(await look(restored, 'device-ended'));
  await phone.getByText('Appareils révoqués (1)').waitFor();
  the().note(await look(phone, 'device-list-after'));
}, 60_000);

test('the same in English', async () => {
  const { page: phone } = the().visitors.nurse;
  await phone.getByLabel('English').check();
  await phone.getByRole('heading', { name: 'My devices' }).waitFor();
  await phone.getByText('Revoked devices (1)').click();
  the().note(await look(phone, 'device-list-english'));
});

test('nothing was refused and nothing failed', () => {
  expect(the().faults).toEqual([]);
});
