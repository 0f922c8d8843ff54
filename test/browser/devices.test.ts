/**
 * One person, two browser profiles: the second is linked by the first, by camera and by code, reads
 * at once what its owner reads, and is ended again. Each story prints its seconds and its taps.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listenForCard, readCard } from './card.reading.js';
import { look, type Visitor } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';
import { signIn } from './way-in.js';

const NURSE = '899970000164';
const DESK = { width: 1280, height: 800 } as const;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
}, 120_000);

afterAll(async () => {
  await the().close();
}, 30_000);

/** The nurse at another browser, signed in, which shows its card. */
async function newcomer(name: string): Promise<Visitor> {
  const visitor = await the().stage.visitor(name, { viewport: DESK });
  await listenForCard(visitor.page);
  await signIn(visitor, the().world.origin, NURSE);
  await visitor.page.getByRole('heading', { name: 'Relier cet appareil' }).waitFor();
  return visitor;
}

function told(what: string, began: number, taps: number): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${what}: ${seconds} s, ${String(taps)} taps on the phone\n`);
}

test('a new browser is linked by the phone’s camera, and reads at once', async () => {
  const { page: phone } = the().visitors.nurse;
  const { page: desk } = await newcomer('desk by camera');
  const card = await readCard(desk);
  the().note(await look(desk, 'link-card'));
  await resetInteractions(phone);
  const began = performance.now();
  await phone.goto(card);
  await phone.getByText('Relier l’appareil que vous venez de viser ?').waitFor();
  expect(phone.url()).not.toContain('#');
  the().note(await look(phone, 'link-scanned'));
  await phone.getByRole('button', { name: 'Relier', exact: true }).click();
  await desk.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
  const taps = await interactionsOf(phone);
  told('Linked by camera', began, taps);
  expect(taps).toBeLessThanOrEqual(4);
  await phone.getByText('votre nouvel appareil lit déjà').waitFor();
  the().note(await look(phone, 'link-done'));
}, 60_000);

test('a new browser is linked by its code and the same six digits', async () => {
  const { page: phone } = the().visitors.nurse;
  const { page: desk } = await newcomer('desk by code');
  const code = (await desk.locator('.link-code').innerText()).replace(/\s/g, '');
  await phone.goto(`${the().world.origin}/moi`);
  await phone.getByRole('link', { name: 'Relier un appareil' }).waitFor();
  await resetInteractions(phone);
  const began = performance.now();
  await phone.getByRole('link', { name: 'Relier un appareil' }).click();
  the().note(await look(phone, 'link-code'));
  await phone.getByLabel('Code affiché sur le nouvel appareil').fill(code.toLowerCase());
  await phone.getByRole('button', { name: 'Continuer' }).click();
  await desk.getByText('exactement ces chiffres').waitFor();
  await phone.getByText('exactement ces chiffres').waitFor();
  the().note(await look(desk, 'link-compare-desk'));
  the().note(await look(phone, 'link-compare-phone'));
  const digits = await phone.locator('.link-digits').innerText();
  expect(digits).toMatch(/^\d{3} \d{3}$/);
  expect(await desk.locator('.link-digits').innerText()).toBe(digits);
  await desk.getByRole('button', { name: 'Oui, les mêmes' }).click();
  await phone.getByRole('button', { name: 'Oui, relier' }).click();
  await desk.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
  told('Linked by code', began, await interactionsOf(phone));
}, 60_000);

test('digits that differ link nothing, and a fresh code is one tap away', async () => {
  const { page: phone } = the().visitors.nurse;
  const { page: desk } = await newcomer('desk refused');
  const code = (await desk.locator('.link-code').innerText()).replace(/\s/g, '');
  await phone.goto(`${the().world.origin}/relier`);
  await phone.getByLabel('Code affiché sur le nouvel appareil').fill(code);
  await phone.getByRole('button', { name: 'Continuer' }).click();
  await phone.getByRole('button', { name: 'Non, ils diffèrent' }).click();
  await desk.getByText('L’appareil n’a pas été relié').waitFor();
  the().note(await look(desk, 'link-refused'));
  await desk.getByRole('button', { name: 'Afficher un nouveau code' }).click();
  await desk.locator('.link-code').waitFor();
}, 60_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
