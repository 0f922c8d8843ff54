/**
 * Where a nurse says when she may be disturbed; and what a push shows on her phone, delivered to
 * the service worker by the browser's own developer protocol.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { look } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
}, 180_000);

afterAll(async () => {
  await the().close();
}, 30_000);

const part = (page: Page, name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('her hours, digests, leave and stand-in are kept, and mean something at once', async () => {
  const { page } = the().visitors.nurse;
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('link', { name: 'Régler mes notifications' }).waitFor();
  await resetInteractions(page);
  const began = performance.now();
  await page.getByRole('link', { name: 'Régler mes notifications' }).click();
  await page.getByText('En ce moment').waitFor();
  the().note(await look(page, 'notifications'));

  const saturday = part(page, 'Heures de travail').getByRole('checkbox', { name: 'samedi' });
  await saturday.setChecked(false, { force: true });
  await page.getByText('Enregistré.').waitFor();
  await part(page, 'Ne pas me déranger')
    .getByRole('button', { name: 'Ajouter des heures' })
    .click();
  const quiet = part(page, 'Ne pas me déranger');
  await quiet.getByLabel('À', { exact: true }).fill('14h30');
  await page.getByRole('button', { name: 'Retirer le résumé de 10:30' }).click();
  const away = part(page, 'Absences');
  await away.getByRole('button', { name: 'Ajouter une absence' }).click();
  await away.getByLabel('Début').fill('24/12/2030 08:00');
  await away.getByLabel('Fin').fill('02/01/2031 08:00');
  the().note(await look(page, 'notifications-absence'));
  await away.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await away.getByText('Retirer').first().waitFor();
  const { name } = await the().people.nurse.liaison.session();
  await away.getByLabel('Chercher un collègue').fill(name.split(' ').at(-1) ?? '');
  await away.getByRole('button', { name }).click();
  await away.getByText(name).waitFor();
  await page.getByText('Enregistré.').waitFor();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const taps = await interactionsOf(page);
  process.stdout.write(`Hours, digest and leave: ${seconds} s, ${String(taps)} interactions\n`);

  await page.reload();
  await page.getByText('En ce moment').waitFor();
  const kept = part(page, 'Heures de travail').getByRole('checkbox', { name: 'samedi' });
  expect(await kept.isChecked()).toBe(false);
  const lunch = part(page, 'Ne pas me déranger').getByLabel('À', { exact: true });
  expect(await lunch.inputValue()).toBe('14:30');
  expect(await page.getByRole('button', { name: 'Retirer le résumé de 10:30' }).count()).toBe(0);
  await part(page, 'Absences').getByText(name).waitFor();
  the().note(await look(page, 'notifications-kept'));
  expect(the().faults).toEqual([]);
}, 90_000);

test('she says in three taps that she answers for her team, until when, and gives it back', async () => {
  const { page } = the().visitors.nurse;
  const team = 'Cardiologie · CH de Laon';
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('button', { name: team }).waitFor();
  await resetInteractions(page);
  await page.getByRole('button', { name: team }).click();
  const duty = page.locator('.duty');
  await duty.getByText('Toute l’équipe', { exact: true }).waitFor();
  the().note(await look(page, 'duty'));
  await duty.getByRole('button', { name: 'Je réponds' }).click();
  await duty.getByLabel('Jusqu’à').waitFor();
  the().note(await look(page, 'duty-until'));
  await duty.getByRole('button', { name: 'Confirmer' }).click();
  await duty.getByText(/jusqu’à/).waitFor();
  const taps = await interactionsOf(page);
  process.stdout.write(`Who answers for the team: ${String(taps)} interactions\n`);
  expect(taps).toBeLessThanOrEqual(3);
  await duty.getByRole('button', { name: 'Passer à un collègue' }).click();
  await duty.getByLabel('Jusqu’à').waitFor();
  the().note(await look(page, 'duty-pass'));
  await duty.getByRole('button', { name: 'Annuler' }).click();
  await duty.getByRole('button', { name: 'Rendre à toute l’équipe' }).click();
  await duty.getByText('Toute l’équipe', { exact: true }).waitFor();
  expect(the().faults).toEqual([]);
}, 90_000);

/** The service worker that stands for this origin, and the id by which the protocol names it. */
async function standing(context: BrowserContext, page: Page) {
  const session = await context.newCDPSession(page);
  const ids: string[] = [];
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    ids.push(...registrations.map(({ registrationId }) => registrationId));
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await eventually(async () => {
    await Promise.resolve();
    const [id] = ids;
    if (id === undefined) throw new Error('No service worker is registered.');
    return id;
  });
  return { session, registrationId };
}

const CIRCLE = 'C'.repeat(42) + 'A';
const ID = '018f3b7c-8a9e-4c1d-9b2a-0123456789ab';

test('a push shows one of a few sentences, once, and leads to what waits', async () => {
  const { page, context } = the().visitors.nurse;
  await context.grantPermissions(['notifications'], { origin: the().world.origin });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const { session, registrationId } = await standing(context, page);
  const deliver = (message: object): Promise<unknown> =>
    session.send('ServiceWorker.deliverPushMessage', {
      ...{ origin: the().world.origin, registrationId, data: JSON.stringify(message) },
    });
  const shown = () =>
    page.evaluate(async () => {
      const { ready } = navigator.serviceWorker;
      const all = await (await ready).getNotifications();
      return all.map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown }));
    });
  const message = { v: 1, id: ID, reason: 'handoff-offered', circle: CIRCLE, language: 'fr' };
  await deliver({ ...message, others: 0, title: 'Mme Durand', body: 'fracture' });
  await deliver({ ...message, others: 0 });
  await eventually(async () => {
    expect(await shown()).toEqual([
      {
        title: 'Une demande attend votre réponse',
        body: 'Ouvrez Liaison pour lire.',
        tag: ID,
        data: { open: `/transmissions/${CIRCLE}` },
      },
    ]);
  }, 10_000);
  await deliver({ ...message, id: 'other', reason: 'Mme Durand', circle: '//evil', others: 2 });
  await eventually(async () => {
    expect((await shown()).map(({ title }) => title).sort()).toEqual([
      'Quelque chose vous attend',
      'Une demande attend votre réponse',
    ]);
  }, 10_000);
  expect(JSON.stringify(await shown())).not.toMatch(/Durand|fracture|evil/);
}, 60_000);

test('a notice that is tapped moves the open page to what waits, without a reload', async () => {
  const { page, context } = the().visitors.nurse;
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('No service worker stands.');
  await page.evaluate(() => Reflect.set(globalThis, 'still', 'here'));
  // A made-up tap may not take the focus: the message went before it was refused.
  await worker.evaluate(async () => {
    const act = Reflect.get(globalThis, 'open') as unknown as (path: string) => Promise<unknown>;
    return act('/nouvelles').then(
      () => 'focused',
      (error: unknown) => String(error),
    );
  });
  await page.getByRole('heading', { name: 'Nouvelles' }).waitFor();
  expect(await page.evaluate(() => Reflect.get(globalThis, 'still') as string)).toBe('here');
}, 30_000);
