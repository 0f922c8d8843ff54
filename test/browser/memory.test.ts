/**
 * A browser whose system may erase what Liaison keeps: it is asked to keep it once the device is
 * set up, installing is urged where it refuses, and after it was erased all the same the app says
 * so and is linked again. Prints the seconds of that.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { listenForCard, readCard } from './card.reading.js';
import { look, type Visitor } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { eventually } from '../support/eventually.js';
import { openScene, the } from './scene.js';
import { setUp, signIn } from './way-in.js';

const GP = '899970000040';
/** What linking again may take, people's walking to the phone apart. */
const RELINK_S = 30;

beforeAll(async () => {
  await openScene();
  await the().arrive('gp');
}, 240_000);

afterAll(async () => {
  await the().close();
}, 30_000);

interface Asked {
  asked: number;
}

/** Chromium decides by its own lights; here it is made to refuse, and the asking is counted. */
function refusesToKeep(): void {
  const counting = globalThis as unknown as Asked;
  counting.asked = 0;
  Object.assign(StorageManager.prototype, {
    persisted: () => Promise.resolve(false),
    persist: () => {
      counting.asked += 1;
      return Promise.resolve(false);
    },
  });
}

/** No Safari runs here: these two properties are what tells it apart. */
function looksLikeAPhoneOfApple(): void {
  Object.defineProperty(Navigator.prototype, 'standalone', { value: false });
  Object.defineProperty(Navigator.prototype, 'maxTouchPoints', { value: 5 });
}

const asked = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Asked).asked);

async function arriveOnApple(name: string, idnps: string): Promise<Visitor> {
  const visitor = await the().stage.visitor(name);
  await visitor.page.addInitScript(refusesToKeep);
  await visitor.page.addInitScript(looksLikeAPhoneOfApple);
  await signIn(visitor, the().world.origin, idnps);
  return visitor;
}

test('keeping is asked for after the set-up, and installing is urged where it is refused', async () => {
  const visitor = await arriveOnApple('idel on a phone of Apple’s', '899970000065');
  const { page } = visitor;
  await page.getByRole('heading', { name: 'Préparer cet appareil' }).waitFor();
  expect(await asked(page)).toBe(0);
  await setUp(visitor, the().faults);
  await page.getByRole('heading', { name: 'Gardez Liaison sur cet appareil' }).waitFor();
  expect(await asked(page)).toBe(1);
  the().note(await look(page, 'install-hint'));
  await page.getByRole('link', { name: 'Moi' }).click();
  await page.getByText('Peut être effacée').waitFor();
  the().note(await look(page, 'storage-evictable'));
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByText('May be erased').waitFor();
  the().note(await look(page, 'storage-evictable-en'));
  await page.getByRole('radio', { name: 'Français' }).check();
  await page.goto(the().world.origin);
  const card = page.locator('aside', { hasText: 'Gardez Liaison sur cet appareil' });
  await card.getByRole('button', { name: 'Plus tard' }).click();
  await card.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
  expect(await card.count()).toBe(0);
  expect(await asked(page)).toBe(0);
}, 90_000);

test('a browser that lost its memory says so, and is linked again in seconds', async () => {
  const { page: phone } = the().visitors.gp;
  const desk = await the().stage.visitor('gp, at a desk', {
    viewport: { width: 1280, height: 800 },
  });
  const { page, context } = desk;
  await listenForCard(page);
  await signIn(desk, the().world.origin, GP);
  await page.getByRole('heading', { name: 'Relier cet appareil' }).waitFor();
  await phone.goto(await readCard(page));
  await phone.getByRole('button', { name: 'Relier', exact: true }).click();
  await page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
  await eventually(async () => {
    expect((await context.cookies()).map(({ name }) => name).join()).toContain('device');
  });
  const session = await context.newCDPSession(page);
  const { origin } = the().world;
  // Nothing of the app runs there, as when the system erases.
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await page.goto(`${origin}/icon.svg`);
  const storageTypes = 'indexeddb,local_storage,service_workers,cache_storage';
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  const began = performance.now();
  await page.goto(origin);
  await page.getByRole('heading', { name: 'Ce navigateur a perdu sa mémoire' }).waitFor();
  const card = await readCard(page);
  the().note(await look(page, 'memory-lost'));
  await phone.goto(origin);
  await resetInteractions(phone);
  await phone.goto(card);
  await phone.getByRole('button', { name: 'Relier', exact: true }).click();
  await page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
  const seconds = (performance.now() - began) / 1000;
  const taps = await interactionsOf(phone);
  process.stdout.write(
    `Linked again: ${seconds.toFixed(1)} s, ${String(taps)} taps on the phone\n`,
  );
  expect(seconds).toBeLessThan(RELINK_S);
}, 90_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
