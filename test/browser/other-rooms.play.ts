/** The rooms beside the main job, by day, by night, on a desk and in English. */
import { test } from '@jest/globals';
import { look } from './chromium.stage.js';
import { the } from './scene.js';

test('the other rooms stand, by day, by night, on a desk and in English', async () => {
  const { page } = the().visitors.nurse;
  for (const [path, heading, name] of [
    ['/', 'Ce qui m’attend', 'home-board'],
    ['/conversations', 'Conversations', 'talks'],
    ['/annuaire', 'Annuaire', 'people'],
    ['/moi', 'Moi', 'me'],
  ] as const) {
    await page.goto(the().world.origin + path);
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
    the().note(await look(page, name));
  }
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { name: 'My devices' }).waitFor();
  the().note(await look(page, 'me-en'));
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.goto(the().world.origin);
  await page.getByRole('heading', { name: 'What awaits me' }).waitFor();
  await page.locator('.board-row').first().waitFor();
  the().note(await look(page, 'home-board-dark'));
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.locator('.board-row a').first().click();
  await page.getByRole('heading', { name: 'Mr DARK Jean' }).waitFor();
  the().note(await look(page, 'story-desk-dark'));
}, 60_000);
