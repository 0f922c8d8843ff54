/**
 * What opens Liaison in somebody's name, ended from their own page: another device and its session,
 * an invitation, a passkey; a lock that keeps what was being typed; a device that forgets.
 */
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look } from './chromium.stage.js';
import { the } from './scene.js';

const elsewhere = (): Page => {
  const visitor = the().stage.visitors.find(({ name }) => name === 'nurse, elsewhere');
  if (visitor === undefined) throw new Error('The nurse has no second browser.');
  return visitor.page;
};

async function openMe(page: Page, fold: string): Promise<void> {
  await page.goto(`${the().world.origin}/moi`);
  await page.getByText(fold, { exact: true }).click();
  await page.locator('.waiting').first().waitFor({ state: 'detached' });
}

async function confirm(page: Page, title: string | RegExp, word: string): Promise<void> {
  const sheet = page.getByRole('dialog', { name: title });
  await sheet.getByRole('button', { name: word, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a device revoked elsewhere says so, and is linked again or forgotten', async () => {
  const { page } = the().visitors.nurse;
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('button', { name: 'Révoquer', exact: true }).first().click();
  await confirm(page, /^Révoquer .+ \?$/, 'Révoquer');
  const other = elsewhere();
  await other.reload();
  await other.getByRole('heading', { name: 'Cet appareil a été révoqué' }).waitFor();
  await other
    .getByText(/^Révoqué .+, depuis .+/)
    .first()
    .waitFor();
  the().note(await look(other, 'device-ended'));
  await other.getByRole('button', { name: 'Le relier de nouveau' }).click();
  await other.getByRole('heading', { name: 'Relier cet appareil' }).waitFor();
}, 60_000);

test('another session is ended, and its screen asks to sign in', async () => {
  const { page } = the().visitors.nurse;
  await openMe(page, 'Sessions ouvertes');
  await page.getByText('celle-ci').waitFor();
  the().note(await look(page, 'ways-sessions'));
  const others = page.getByRole('button', { name: 'Terminer' });
  for (let left = await others.count(); left > 0; left -= 1) {
    await others.first().click();
    await confirm(page, 'Terminer cette session ?', 'Terminer');
    await expect(others.count()).resolves.toBe(left - 1);
  }
  const other = elsewhere();
  await other.reload();
  await other.getByRole('button', { name: 'Se connecter avec Pro Santé Connect' }).waitFor();
}, 60_000);

test('an invitation that nobody answered yet is withdrawn', async () => {
  const { page } = the().visitors.nurse;
  await page.goto(`${the().world.origin}/annuaire`);
  await page.getByText('Inviter quelqu’un sans Pro Santé Connect').click();
  await page.getByLabel('Prénom et nom').fill('Paul Ancien');
  await page.getByRole('button', { name: 'Créer le lien' }).click();
  const link = await page.getByLabel(/^Lien à remettre/).inputValue();
  await openMe(page, 'Invitations remises');
  await page.getByText('acceptée').waitFor();
  the().note(await look(page, 'ways-invitations'));
  await page.getByRole('button', { name: 'Retirer l’invitation' }).click();
  await confirm(page, 'Retirer l’invitation de Paul Ancien ?', 'Retirer l’invitation');
  await page.getByText('retirée', { exact: true }).waitFor();
  const late = await the().stage.visitor('too late');
  await late.page.goto(link);
  await late.page.getByRole('alert').waitFor();
  late.faults.splice(0);
}, 60_000);

test('a lock that comes while somebody types keeps every word', async () => {
  const { page } = the().visitors.gp;
  await page.goto(the().world.origin);
  await page
    .getByRole('link', { name: /M\. D\., / })
    .first()
    .click();
  await page.getByLabel('Votre message').fill('Le lit est prêt pour');
  await page.evaluate(async () => {
    const headers = { 'x-liaison': '1' };
    await fetch('/api/session/lock', { method: 'POST', headers });
  });
  await page.getByRole('heading', { name: 'Session verrouillée' }).waitFor();
  await page.getByRole('button', { name: 'Déverrouiller avec ma clé d’accès' }).click();
  const field = page.getByLabel('Votre message');
  await field.waitFor();
  await expect(field.inputValue()).resolves.toBe('Le lit est prêt pour');
}, 60_000);

test('a passkey is removed, and the page offers another', async () => {
  const { page } = the().visitors.gp;
  await openMe(page, 'Clés d’accès');
  the().note(await look(page, 'ways-passkeys'));
  await page.getByRole('button', { name: 'Retirer', exact: true }).click();
  await confirm(page, 'Retirer cette clé d’accès ?', 'Retirer');
  await page.getByText('Aucune clé d’accès.').waitFor();
}, 60_000);

test('a device forgets everything, once that was understood', async () => {
  const { page } = the().visitors.pharmacist;
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('button', { name: 'Oublier cet appareil' }).click();
  const sheet = page.getByRole('dialog', { name: 'Oublier cet appareil ?' });
  await sheet.getByText(/C’est votre seul appareil/).waitFor();
  the().note(await look(page, 'forget'));
  await sheet.getByRole('checkbox').check();
  await sheet.getByRole('button', { name: 'Oublier cet appareil' }).click();
  await page.getByText(/Cet appareil a tout oublié/).waitFor();
  the().note(await look(page, 'forgotten'));
}, 60_000);
