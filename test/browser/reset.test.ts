/**
 * Every device and the paper are lost: three days pass without an objection, the owner begins anew
 * in an empty browser, and a colleague lets them in again from hers. Seconds and taps are printed.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Page } from 'playwright-core';
import { look, type Visitor } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';
import { setUp, signIn } from './way-in.js';

const DOCTOR = '899970000024';
const LOST = 'J’ai perdu tous mes appareils et ma feuille';

let channel: CircleId;
let owner: Visitor;

const aheadMs = (): number => the().world.aheadMs;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse', { aheadMs });
  await the().arrive('cardiologist');
  const { nurse } = the().people;
  await nurse.liaison.refresh();
  channel = await nurse.liaison.createChannel('Relève', [nurse.team]);
  await nurse.liaison.post(channel, 'Avant la perte', []);
  // Whose identity changes is told to whoever had met them.
  const { page } = the().visitors.nurse;
  await page.getByRole('link', { name: 'Annuaire' }).click();
  await page.getByRole('searchbox').fill('marchand');
  await page
    .getByRole('button', { name: /MARCHAND/ })
    .first()
    .click();
  await page.getByText(/Pro Santé Connect certifie son nom/).waitFor();
  await page.goto(the().world.origin);
}, 300_000);

afterAll(async () => {
  await the().close();
}, 30_000);

/** Days go by; a page knows of them when it is loaded again. */
async function later(page: Page): Promise<void> {
  await page.clock.setFixedTime(Date.now() + aheadMs());
  await page.reload();
}

async function told(what: string, began: number, page: Page, atMost: number): Promise<void> {
  const taps = await interactionsOf(page);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${what}: ${seconds} s, ${String(taps)} taps\n`);
  expect(taps).toBeLessThanOrEqual(atMost);
}

test('after three days without an objection, one begins anew', async () => {
  // The old phone is in a lake: nobody can object with it, and nobody reads the notice.
  await the().visitors.cardiologist.context.close();
  owner = await the().stage.visitor('cardiologist, anew', { aheadMs });
  const { page } = owner;
  await signIn(owner, the().world.origin, DOCTOR);
  await page.getByText(LOST).click();
  await page.getByRole('button', { name: 'Demander une nouvelle identité' }).click();
  await page.locator(`button[value="${DOCTOR}"]`).click();
  await page.getByText(LOST).click();
  await page.getByText(/Si personne ne s’y oppose/).waitFor();

  await the().world.pass(LIMITS.resetWaitMs.value);
  await later(page);
  const began = performance.now();
  await resetInteractions(page);
  await page.getByText(LOST).click();
  const begin = page.getByRole('button', { name: 'Commencer ma nouvelle identité' });
  await begin.waitFor();
  the().note(await look(page, 'reset-due'));
  await page.clock.setFixedTime(Date.now() + aheadMs());
  the().world.dateToken();
  await begin.click();
  await page.locator(`button[value="${DOCTOR}"]`).click();
  await page.getByRole('heading', { name: 'Préparer cet appareil' }).waitFor();
  the().note(await look(page, 'reset-paper'));
  await told('Begun anew, as far as the new sheet', began, page, 3);
  await setUp(owner, the().faults);
  the().note(await look(page, 'reset-home'));
}, 120_000);

test('nothing of before is open, until a colleague lets them in again', async () => {
  const { page } = owner;
  await page.goto(`${the().world.origin}/conversations`);
  await page.locator('.row, .empty').first().waitFor();
  the().note(await look(page, 'reset-nothing'));
  expect(await page.getByText('Avant la perte').count()).toBe(0);

  const { page: colleague } = the().visitors.nurse;
  await later(colleague);
  const began = performance.now();
  await resetInteractions(colleague);
  await colleague.getByText(/L’identité de .* MARCHAND a changé/).waitFor();
  await colleague.getByRole('link', { name: 'Annuaire' }).click();
  const offer = colleague.getByText(/MARCHAND a une nouvelle identité/);
  await offer.waitFor();
  the().note(await look(colleague, 'readmit-offer'));
  await colleague.getByRole('button', { name: 'Voir', exact: true }).click();
  await colleague.getByRole('button', { name: 'J’en ai pris connaissance' }).waitFor();
  the().note(await look(colleague, 'readmit-card'));
  await colleague.getByRole('button', { name: 'J’en ai pris connaissance' }).click();
  await colleague.keyboard.press('Escape');
  await colleague.getByRole('button', { name: 'Réadmettre dans Cardiologie' }).click();
  await offer.waitFor({ state: 'detached' });
  await told('Let in again by a colleague', began, colleague, 5);
  the().note(await look(colleague, 'readmit-done'));
}, 120_000);

test('let in again, one reads what is said there from then on, and what was', async () => {
  const { nurse } = the().people;
  // Logs are believed for half a minute; then she is told of the change, and goes on.
  await the().world.pass(60_000);
  await nurse.liaison.refresh();
  for (const { person } of await nurse.liaison.identityChanges()) {
    await nurse.liaison.identitySeen(person.person);
  }
  await nurse.liaison.post(channel, 'Après le retour', []);
  const { page } = owner;
  await page.goto(`${the().world.origin}/conversations/${channel}`);
  await page.locator('.message-text', { hasText: 'Après le retour' }).waitFor();
  await page.locator('.message-text', { hasText: 'Avant la perte' }).waitFor();
  the().note(await look(page, 'reset-reads-again'));
}, 120_000);

test('nothing was refused and nothing failed', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
