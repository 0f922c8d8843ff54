/**
 * The commonest case of the first year, from the nurse's phone to the doctor's: he has no account,
 * gets the letter as a file and a call, comes by a mail that says nothing, and is let in by a
 * colleague of hers in one tap. Interactions and seconds are printed.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { readPdf } from '../support/pdf.reading.js';
import { look, type Visitor } from './chromium.stage.js';
import { DATAMATRIX, writeLetter } from './compose.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';
import { setUp } from './way-in.js';

const DOCTOR = '899970000040';
const NAME = 'Dr Thomas Nguyen';
const MAIL = 'cabinet.nguyen@exemple.fr';
const PATIENT = ['DARK', 'Jean', '185057512345673', 'Furosémide', 'INR', 'Décompensation'];

let doctor: Visitor;
let began = 0;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
  await the().arrive('cardiologist');
}, 300_000);

afterAll(async () => {
  await the().close();
}, 30_000);

async function start(page: Page): Promise<void> {
  began = performance.now();
  await resetInteractions(page);
}

async function told(what: string, page: Page, atMost: number): Promise<void> {
  const taps = await interactionsOf(page);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${what}: ${seconds} s, ${String(taps)} interactions`);
  expect(taps).toBeLessThanOrEqual(atMost);
}

const mails = () =>
  the()
    .world.mails.mails()
    .filter(({ to }) => to.includes(MAIL));

test('the nurse hands over to a doctor who is not here yet', async () => {
  const { page } = the().visitors.nurse;
  await start(page);
  await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
  await page.getByLabel(/^INS/).fill(DATAMATRIX);
  await page.getByText('INS juste').waitFor();
  await writeLetter(page);
  await page.getByRole('button', { name: 'Quelqu’un qui n’est pas encore ici' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Nom', { exact: true }).fill(NAME);
  await sheet.getByLabel(/^Courriel, pour l’inviter/).fill(MAIL);
  await sheet.getByLabel(/^Téléphone/).fill('03 23 00 00 00');
  the().note(await look(page, 'absent-sheet'));
  await page.getByRole('button', { name: 'Ajouter aux destinataires' }).click();
  await page.getByRole('button', { name: 'Ajouter une tâche' }).click();
  await page.getByLabel('Tâche', { exact: true }).fill('INR lundi');
  await page.getByLabel('Qui', { exact: true }).selectOption({ label: `${NAME} (pas encore ici)` });
  the().note(await look(page, 'absent-composer'));
  await page.getByRole('button', { name: 'Transmettre à 1' }).click();
  await page.getByRole('heading', { name: 'M. DARK Jean' }).waitFor();
  await page.getByText(`pour ${NAME} (pas encore ici)`).waitFor();
  await page.getByText(`Invitation envoyée à ${MAIL}.`).waitFor();
  await told('Discharge to somebody who is not here', page, 25);
  the().note(await look(page, 'absent-sent'));
}, 120_000);

test('she makes the letter a PDF, and notes to whom she gave it by telephone', async () => {
  const { page } = the().visitors.nurse;
  await start(page);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: `PDF pour ${NAME}` }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^lettre-de-liaison-\d{4}-\d\d-\d\d\.pdf$/);
  const bytes = readFileSync(await download.path());
  expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
  const said = readPdf(bytes).pages.join('\n');
  const rubrics = [
    '1. Séjour',
    '2. Motif',
    '3. Synthèse',
    '4. Traitements',
    '5. Résultats',
    '6. S',
  ];
  const plan = [`À l’attention de ${NAME}`, 'INR lundi', 'surcharge', 'Né(e) le'];
  const missing = [...rubrics, ...plan, ...PATIENT].filter((word) => !said.includes(word));
  expect(missing).toEqual([]);
  await told('The letter as a PDF', page, 1);

  await start(page);
  await page.getByRole('button', { name: 'Dire que c’est remis' }).click();
  await page.getByLabel('À qui', { exact: true }).fill('Mme Roux, secrétariat');
  await page.getByLabel('Quand', { exact: true }).fill('16:40');
  the().note(await look(page, 'absent-hand-over'));
  await page.getByRole('button', { name: 'Noter la remise' }).click();
  await page.getByText(/Remis par téléphone à Mme Roux, secrétariat, .* 16:40, par/).waitFor();
  await page.getByText('Personne ne l’a encore pris sur Liaison.').waitFor();
  await told('Handed over by telephone', page, 4);
  the().note(await look(page, 'absent-told'));
}, 60_000);

test('the mail says that a team awaits him, and nothing else', async () => {
  await eventually(() => {
    expect(mails()).toHaveLength(1);
    return Promise.resolve();
  });
  const sent = JSON.stringify(mails()[0]);
  expect([...PATIENT, 'Roux', NAME].filter((word) => sent.includes(word))).toEqual([]);
  expect(mails()[0]?.text).toContain('Cardiologie');
});

test('he comes by its link, and learns that he is awaited', async () => {
  const [link] = /http:\S+#[\w-]{43}/.exec(mails()[0]?.text ?? '') ?? [];
  if (link === undefined) throw new Error('The mail holds no link.');
  doctor = await the().stage.visitor('gp');
  const { page } = doctor;
  began = performance.now();
  await page.goto(link);
  await page.getByText('Une équipe de soins vous attend.').waitFor();
  expect(page.url()).not.toContain('#');
  the().note(await look(page, 'absent-sign-in'));
  await page.getByRole('button', { name: 'Se connecter avec Pro Santé Connect' }).click();
  await page.locator(`button[value="${DOCTOR}"]`).click();
  await setUp(doctor, the().faults, 'Bienvenue');
  await page.getByText('L’équipe qui vous attend est prévenue de votre arrivée.').waitFor();
  await told('Enrolment by the link', page, 20);
  the().note(await look(page, 'absent-welcome'));
}, 90_000);

test('a colleague of the nurse lets him in with one tap, and he takes it', async () => {
  const { page } = the().visitors.cardiologist;
  await page.getByRole('link', { name: /^M\. D\., .* Sortie/ }).click();
  const admit = page.getByRole('button', { name: 'L’ajouter à ce qui l’attend' });
  await admit.waitFor();
  await page.getByText(/NGUYEN est arrivé$/i).waitFor();
  the().note(await look(page, 'absent-arrived'));
  await start(page);
  await admit.click();
  await admit.waitFor({ state: 'detached' });
  await told('Admitted by a colleague', page, 1);
  the().note(await look(page, 'absent-admitted'));

  const { page: his } = doctor;
  await start(his);
  await his.getByRole('link', { name: 'Voir ce qui m’attend' }).click();
  await his.getByRole('button', { name: 'Je prends' }).waitFor();
  the().note(await look(his, 'absent-asked'));
  await his.getByRole('button', { name: 'Je prends' }).click();
  await told('Taken by whoever came', his, 2);
  await page.getByText(/^Pris en charge par/).waitFor();
  the().note(await look(page, 'absent-taken'));
}, 90_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
