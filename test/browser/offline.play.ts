/** Without a server: the app opens to what it has, says what still works, and comes back. */
import { test } from '@jest/globals';
import { look } from './chromium.stage.js';
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
