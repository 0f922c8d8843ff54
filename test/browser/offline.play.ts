/** Without a server: the app opens to what it has, says what still works, and comes back. */
import { expect, test } from '@jest/globals';
import { look } from './chromium.stage.js';
import { startForDoctor } from './compose.js';
import { the } from './scene.js';

test('without a server the app opens and reads, and is live again when it is back', async () => {
  const { page } = the().visitors.idel;
  await page.goto(the().world.origin);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page
    .getByRole('link', { name: /M\. D\., / })
    .first()
    .waitFor();
  // The page's own worker does not heed the browser's offline switch: nobody answers instead.
  await the().world.stopServer();
  await page.reload();
  await page.getByText('Hors ligne.').waitFor({ timeout: 20_000 });
  the().note(await look(page, 'offline-home'));
  await page
    .getByRole('link', { name: /M\. D\., / })
    .first()
    .click();
  await page.getByText('Décompensation cardiaque gauche.').waitFor();
  the().note(await look(page, 'offline-story'));
  await the().world.startServer();
  await page.getByText('Hors ligne.').waitFor({ state: 'detached', timeout: 60_000 });
}, 120_000);

/** Nobody types a second word while wondering whether the first was kept. */
const MOST_TO_SHOW_MS = 2000;
const WORDS = 'Écrit sans réseau : le pansement est propre.';

test('what is written without a server shows at once, and leaves by itself', async () => {
  const [{ page: idel }, { page: nurse }] = [the().visitors.idel, the().visitors.nurse];
  await nurse.goto(the().world.origin);
  await startForDoctor(nurse);
  await idel.getByLabel('Votre message').fill(WORDS);
  await the().world.stopServer();
  const pressed = Date.now();
  await idel.getByRole('button', { name: 'Envoyer' }).click();
  const mine = idel.locator('.message', { hasText: WORDS });
  await mine.getByText('en cours d’envoi').waitFor();
  const shown = Date.now() - pressed;
  console.log(`a message without a server: shown after ${shown} ms (most ${MOST_TO_SHOW_MS})`);
  expect(shown).toBeLessThanOrEqual(MOST_TO_SHOW_MS);
  the().note(await look(idel, 'offline-message'));
  await nurse.getByRole('button', { name: 'Transmettre à 1' }).click();
  await nurse.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor({ timeout: 20_000 });
  const row = nurse.getByRole('link', { name: /en cours d’envoi/ });
  await row.waitFor();
  the().note(await look(nurse, 'offline-draft'));
  await row.click();
  await nurse
    .locator('main')
    .getByText(/part d’elle-même dès que le réseau revient/)
    .waitFor();
  the().note(await look(nurse, 'offline-leaving'));
  // Closed and opened again, the device still has it.
  await idel.reload();
  await mine.getByText('en cours d’envoi').waitFor({ timeout: 20_000 });
  await the().world.startServer();
  await mine.getByText('envoyé', { exact: true }).waitFor({ timeout: 60_000 });
  await nurse.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor({ timeout: 60_000 });
  await row.waitFor({ state: 'detached' });
  const { page: gp } = the().visitors.gp;
  await gp.goto(the().world.origin);
  const take = gp.getByRole('button', { name: 'Je prends' }).first();
  await take.waitFor({ timeout: 60_000 });
}, 180_000);
