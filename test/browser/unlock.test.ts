/**
 * A device that only its person's passkey opens: set up, locked, opened by one gesture, not by
 * another passkey, not after a reload without it; and what happens where a passkey cannot do it.
 * Each story prints its seconds and its taps.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, type Visitor, withAuthenticator } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';

const FIT = 'Déverrouiller avec mon empreinte / ma clé';
const OPEN = 'Ouvrir d’un geste';
const SHUT = 'Fermé sur cet appareil';

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
}, 240_000);

afterAll(async () => {
  await the().close();
}, 30_000);

/** Takes the nurse's own authenticator from her. */
let takeAway: () => Promise<void>;

const nurse = (): Visitor => the().visitors.nurse;
const home = (page: Page) => page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();

async function openMe(page: Page): Promise<void> {
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('heading', { name: 'Déverrouillage' }).waitFor();
}

async function told(page: Page, what: string, began: number): Promise<void> {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const taps = await interactionsOf(page);
  process.stdout.write(`${what}: ${seconds} s, ${String(taps)} taps\n`);
}

/** What the browser's own database holds of keys: their kinds, by their names. */
function keysKept(page: Page): Promise<Record<string, string>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, string>>((resolve, reject) => {
        const opening = indexedDB.open('liaison');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const rows = opening.result.transaction('keys').objectStore('keys');
          const [names, values] = [rows.getAllKeys(), rows.getAll()];
          values.onsuccess = () => {
            const kinds = (values.result as object[]).map((value) => value.constructor.name);
            resolve(Object.fromEntries(names.result.map((name, i) => [name, kinds[i] ?? ''])));
            opening.result.close();
          };
        };
      }),
  );
}

test('a passkey that gives no secret leaves everything as it was, and says so', async () => {
  const { page, context } = nurse();
  const away = await withAuthenticator(context, page);
  await openMe(page);
  the().note(await look(page, 'latch-browser'));
  await page.getByRole('button', { name: FIT }).click();
  await page.getByText(/Cette clé d’accès ne sait pas fermer un appareil/).waitFor();
  the().note(await look(page, 'latch-no-prf'));
  expect(Object.keys(await keysKept(page))).toContain('wrapping-key');
  await page.getByText('Clés d’accès', { exact: true }).click();
  await page.getByRole('button', { name: 'Retirer', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Retirer cette clé d’accès ?' });
  await sheet.getByRole('button', { name: 'Retirer' }).click();
  await page.getByText('Aucune clé d’accès.').waitFor();
  await away();
}, 60_000);

test('one tap has the passkey shut the device, and a reload asks for it', async () => {
  const { page, context } = nurse();
  takeAway = await withAuthenticator(context, page, true);
  await openMe(page);
  await resetInteractions(page);
  const began = performance.now();
  await page.getByRole('button', { name: FIT }).click();
  await page.getByText('Fermé par votre clé d’accès').waitFor();
  await told(page, 'Set up', began);
  expect(await interactionsOf(page)).toBeLessThanOrEqual(2);
  the().note(await look(page, 'latch-fitted'));
  const kept = await keysKept(page);
  expect(Object.values(kept)).not.toContain('CryptoKey');
  await page.goto(the().world.origin);
  await page.getByRole('heading', { name: SHUT }).waitFor();
  the().note(await look(page, 'latch-shut'));
  await resetInteractions(page);
  const opened = performance.now();
  await page.getByRole('button', { name: OPEN }).click();
  await home(page);
  await told(page, 'Opened', opened);
  expect(await interactionsOf(page)).toBe(1);
}, 60_000);

test('a lock ends the worker that held the keys; one tap opens session and device', async () => {
  const { page } = nurse();
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('button', { name: OPEN }).click();
  await page.getByRole('heading', { name: 'Déverrouillage' }).waitFor();
  const [holder] = page.workers();
  const ended = new Promise<void>((resolve) => holder?.once('close', () => resolve()));
  await page.getByRole('button', { name: 'Verrouiller maintenant' }).click();
  await ended;
  await page.getByRole('heading', { name: 'Session verrouillée' }).waitFor();
  expect(page.workers()).not.toContain(holder);
  the().note(await look(page, 'latch-locked'));
  await resetInteractions(page);
  const began = performance.now();
  await page.getByRole('button', { name: 'Déverrouiller avec ma clé d’accès' }).click();
  await page.getByRole('heading', { name: 'Déverrouillage' }).waitFor();
  await told(page, 'Unlocked', began);
  expect(await interactionsOf(page)).toBe(1);
}, 60_000);

test('offline, the passkey opens what is kept here all the same', async () => {
  const { page, context } = nurse();
  await context.setOffline(true);
  await page.evaluate(() => location.reload());
  await page.getByRole('heading', { name: SHUT }).waitFor();
  await page.getByRole('button', { name: OPEN }).click();
  await page.getByRole('heading', { name: 'Déverrouillage' }).waitFor();
  await context.setOffline(false);
}, 60_000);

test('another authenticator opens nothing, and the way back without the key is said', async () => {
  const { page, context } = nurse();
  await takeAway();
  const away = await withAuthenticator(context, page, true);
  await page.goto(the().world.origin);
  await page.getByRole('button', { name: OPEN }).click();
  await page.getByText(/L’appareil ne s’est pas ouvert/).waitFor();
  the().note(await look(page, 'latch-wrong-key'));
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'I no longer have this key' }).click();
  the().note(await look(page, 'latch-lost-en'));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByRole('button', { name: 'Je n’ai plus cette clé' }).click();
  const sheet = page.getByRole('dialog', { name: 'Effacer et relier cet appareil ?' });
  await sheet.getByRole('checkbox').check();
  the().note(await look(page, 'latch-lost'));
  await sheet.getByRole('button', { name: 'Effacer et relier' }).click();
  await page.locator('.link-code').waitFor();
  await away();
}, 60_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
