/**
 * What is asked, by browser, in French, at a phone's width: unscheduled care goes to the usual
 * doctor and then to two others, the first who accepts has it; a nurse asks for an opinion with a
 * photo, and reads the answer on the same page. Interactions and seconds are printed.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { deflateSync } from 'node:zlib';
import { DATAMATRIX } from './compose.js';
import { look, PHONE } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';

const MOST_FOR_CARE = 12;
const MOST_FOR_OPINION = 12;
const MOST_TO_ACCEPT = 2;

beforeAll(async () => {
  await openScene();
  for (const role of ['gp', 'idel', 'pharmacist'] as const) await the().arrive(role);
}, 240_000);

afterAll(async () => {
  await the().close();
}, 30_000);

const home = (page: Page) => page.goto(the().world.origin);

async function measured(name: string, page: Page, most: number, play: () => Promise<void>) {
  await resetInteractions(page);
  const began = performance.now();
  await play();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const used = await interactionsOf(page);
  console.log(`${name}: ${String(used)} interactions (most ${String(most)}), ${seconds} s`);
  expect(used).toBeLessThanOrEqual(most);
}

test('unscheduled care is asked of the usual doctor, then of two others', async () => {
  const { page } = the().visitors.idel;
  await home(page);
  await page.getByRole('link', { name: 'Nouvelle transmission' }).waitFor();
  await measured('unscheduled care to three', page, MOST_FOR_CARE, async () => {
    await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
    await page.getByRole('heading', { name: 'Que voulez-vous transmettre ?' }).waitFor();
    the().note(await look(page, 'ask-choose'));
    await page.getByRole('link', { name: /^Soins non programmés/ }).click();
    await page.getByLabel('Quoi, en une ligne').fill('Plaie de la main à suturer');
    the().note(await look(page, 'ask-care-empty'));
    await page.getByLabel('Commune du patient').fill('Laon');
    await page.getByLabel(/^INS/).fill(DATAMATRIX);
    await page.getByText('INS juste').waitFor();
    await page
      .getByRole('textbox', { name: /^Depuis quand/ })
      .fill('Depuis 14 h, saignement arrêté.');
    await page.getByLabel('Où est le patient').fill('À domicile, 2 rue du Cloître');
    await page.getByRole('button', { name: 'Ajouter Cabinet du Dr Petit' }).click();
    await page.getByRole('button', { name: 'Ajouter Pharmacie du Beffroi' }).click();
    await page.getByRole('button', { name: 'Ajouter Cardiologie · CH de Laon' }).click();
    the().note(await look(page, 'ask-care-full'));
    await page.getByRole('button', { name: 'Demander à 3' }).click();
    await page.getByRole('heading', { name: 'Qui est sollicité' }).waitFor();
  });
  the().note(await look(page, 'ask-care-story'));
}, 90_000);

test('the doctor takes it in two taps, and the others are told that nothing is left', async () => {
  const { page } = the().visitors.gp;
  await home(page);
  const card = page.locator('.card').filter({ hasText: 'Plaie de la main à suturer' });
  await card.getByRole('button', { name: 'Je prends' }).waitFor();
  the().note(await look(page, 'ask-care-card'));
  await measured('take unscheduled care', page, MOST_TO_ACCEPT, async () => {
    await card.getByRole('link').click();
    await page.getByText('Le nom du patient et le dossier s’ouvrent à qui accepte.').waitFor();
    the().note(await look(page, 'ask-care-asked'));
    await page.getByRole('button', { name: 'Je prends' }).first().click();
    await page.getByText('C’est vous qui l’avez.').waitFor();
  });
  await page.getByText('À domicile, 2 rue du Cloître').waitFor();
  the().note(await look(page, 'ask-care-taken'));
  const { page: other } = the().visitors.pharmacist;
  await home(other);
  await other.getByText(/^Terminé/).click();
  await other.getByText(/Pris par Cabinet du Dr Petit/).waitFor();
  the().note(await look(other, 'ask-care-lost-row'));
  await other.getByRole('link', { name: /Plaie de la main à suturer/ }).click();
  await other.getByText('Vous n’avez plus rien à faire.').waitFor();
  the().note(await look(other, 'ask-care-lost'));
  const { page: sender } = the().visitors.idel;
  await sender.getByText(/^Pris en charge par/).waitFor();
  the().note(await look(sender, 'ask-care-answered'));
}, 90_000);

/** A picture as a telephone would give: small, and a real one. */
function picture(): Buffer {
  const crc = (bytes: Buffer): number => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
    }
    return ~sum >>> 0;
  };
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, check]);
  };
  const size = 120;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size + 1), 120);
  for (let row = 0; row < size; row += 1) rows[row * (size + 1)] = 0;
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = [
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...data]);
}

test('an opinion is asked with a photo, before an instant', async () => {
  const { page } = the().visitors.idel;
  await home(page);
  await page.getByRole('link', { name: 'Nouvelle transmission' }).waitFor();
  await measured('expert opinion with a photo', page, MOST_FOR_OPINION, async () => {
    await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
    await page.getByRole('link', { name: /^Avis/ }).click();
    await page.getByLabel('Sujet en une ligne').fill('Plaie de jambe qui ne cicatrise pas');
    await page.getByLabel(/^INS/).fill(DATAMATRIX);
    await page.getByLabel('Votre question').fill('Faut-il déterger, et avec quoi ?');
    await page
      .getByLabel('Joindre un fichier ou une photo')
      .setInputFiles({ name: 'plaie.png', mimeType: 'image/png', buffer: picture() });
    await page.getByRole('button', { name: 'Retirer plaie.png' }).waitFor();
    await page.getByRole('button', { name: 'Ajouter Cabinet du Dr Petit' }).click();
    await page.getByRole('radio', { name: 'Sous 4 heures' }).check({ force: true });
    the().note(await look(page, 'ask-opinion-full'));
    await page.getByRole('button', { name: 'Demander à 1' }).click();
    await page.getByRole('heading', { name: 'Qui est sollicité' }).waitFor();
  });
  the().note(await look(page, 'ask-opinion-story'));
}, 90_000);

test('the doctor answers on the page, and the nurse reads it there', async () => {
  const { page } = the().visitors.gp;
  await home(page);
  const card = page.locator('.card').filter({ hasText: 'Plaie de jambe' });
  await card.getByRole('button', { name: 'Je prends' }).click();
  await page.getByRole('link', { name: /Plaie de jambe/ }).click();
  await page.getByText('Faut-il déterger, et avec quoi ?').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /plaie\.png/ }).click();
  expect(readFileSync(await (await download).path()).equals(picture())).toBe(true);
  await page.getByLabel('Votre réponse').fill('Oui : détersion mécanique, puis hydrogel.');
  the().note(await look(page, 'ask-opinion-answering'));
  await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
  await page.getByLabel('Compléter la réponse').waitFor();
  const { page: nurse } = the().visitors.idel;
  await nurse.getByText('Oui : détersion mécanique, puis hydrogel.').waitFor();
  the().note(await look(nurse, 'ask-opinion-answered'));
}, 90_000);

test('a template fills a request, an admission says its allergies', async () => {
  const { page } = the().visitors.gp;
  await page.goto(`${the().world.origin}/demander/demande`);
  await page.getByRole('radio', { name: 'Aide à domicile' }).check({ force: true });
  expect(await page.getByLabel('Ce que vous demandez').inputValue()).toBe('Aide à domicile');
  expect(await page.getByLabel('Ce qu’il faut').inputValue()).toMatch(/^Aide au lever/);
  the().note(await look(page, 'ask-request'));
  await page.getByRole('link', { name: 'Entrée à l’hôpital' }).click();
  await page.getByRole('heading', { name: 'Faire entrer à l’hôpital' }).waitFor();
  await page.getByRole('radio', { name: 'Oui' }).check({ force: true });
  await page.getByLabel('Lesquelles, et quelle réaction').fill('Pénicilline : œdème');
  the().note(await look(page, 'ask-admission'));
  await page.setViewportSize({ width: 1280, height: 900 });
  the().note(await look(page, 'ask-admission-desk'));
  await page.setViewportSize(PHONE);
  await home(page);
  await page.getByRole('link', { name: /^Demande/ }).waitFor();
  the().note(await look(page, 'ask-drafts'));
}, 60_000);

test('nothing was refused, nothing failed, nothing is out of reach', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors) {
    expect({ name, own }).toEqual({ name, own: [] });
  }
});
