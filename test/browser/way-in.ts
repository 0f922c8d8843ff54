/** The way in, as a person walks it: provider, recovery words noted and typed back, home. */
import type { Page } from 'playwright-core';
import { look, type Visitor } from './chromium.stage.js';

/** From the sign-in screen to the first screen after the provider. */
export async function signIn({ page }: Visitor, origin: string, idnps: string): Promise<void> {
  await page.goto(origin);
  await page.getByRole('button', { name: 'Se connecter avec Pro Santé Connect' }).click();
  await page.locator(`button[value="${idnps}"]`).click();
}

async function readWords(page: Page): Promise<string[]> {
  await page.getByRole('heading', { name: 'Préparer cet appareil' }).waitFor();
  const list = page.locator('.recovery-words li');
  await list.first().waitFor();
  return list.allTextContents();
}

/** Sets this device up and returns the words that a person would have on paper. */
export async function setUp(
  visitor: Visitor,
  faults: string[],
  first = 'Ce qui m’attend',
): Promise<string[]> {
  const { page, name } = visitor;
  const words = await readWords(page);
  if (name === 'nurse') faults.push(...(await look(page, 'device')));
  await page.getByRole('button', { name: 'C’est noté' }).click();
  const fields = page.getByLabel(/^Mot n° /);
  for (const field of await fields.all()) {
    const label = await page
      .locator(`label[for="${(await field.getAttribute('id')) ?? ''}"]`)
      .innerText();
    const position = Number(/\d+/.exec(label)?.[0] ?? '0');
    await field.fill(words[position - 1] ?? '');
  }
  if (name === 'nurse') faults.push(...(await look(page, 'device-words')));
  await page.getByRole('button', { name: 'Terminer' }).click();
  await page.getByRole('heading', { name: first }).waitFor();
  return words;
}
