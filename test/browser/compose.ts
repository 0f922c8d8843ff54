/** Composing a discharge as a nurse does: the code pasted, the letter typed, three addressees. */
import type { Page } from 'playwright-core';
import { look } from './chromium.stage.js';

const GS = '\u001d';

/** A fictional patient whose number has a right key. */
export const DATAMATRIX = [
  'IS010000000000000000000000S1185057512345673S21.2.250.1.213.1.4.10',
  'S3Jean',
  'S4DARK',
  'S5MS629-05-1985S775123',
].join(GS);

export const ADDRESSEES = [
  'Cabinet du Dr Petit',
  'Cabinet IDEL des Remparts',
  'Pharmacie du Beffroi',
] as const;

export async function compose(page: Page, faults: string[]): Promise<void> {
  await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
  await page.getByRole('heading', { name: 'Transmettre un patient' }).waitFor();
  faults.push(...(await look(page, 'composer-empty')));
  await page.getByLabel(/^INS/).fill(DATAMATRIX);
  await page.getByText('INS juste').waitFor();
  await writeLetter(page);
  for (const name of ADDRESSEES)
    await page.getByRole('button', { name: `Ajouter ${name}` }).click();
  faults.push(...(await look(page, 'composer-full')));
  await page.getByRole('button', { name: 'Transmettre à 3' }).click();
}

/** All six rubrics, with one medicine. */
export async function writeLetter(page: Page): Promise<void> {
  await page.getByLabel('Entrée').fill('16/11/2026');
  await page.getByLabel('Médecin hospitalier').fill('Dr Olivier Marchand');
  await page.getByLabel('Médecin traitant').fill('Dr Petit');
  await page.getByLabel('Pourquoi le patient est venu').fill('Décompensation cardiaque gauche.');
  await page
    .getByLabel(/^Synthèse médicale/)
    .fill('Déplétion, perte de 6 kg. Ni BMR ni produit sanguin.');
  await page.getByRole('button', { name: 'Ajouter un médicament' }).click();
  await page.getByLabel('Médicament', { exact: true }).fill('Furosémide 40 mg');
  await page.getByRole('radio', { name: 'modifié' }).check();
  await page.getByLabel('Posologie').fill('1 matin, 1 midi');
  await page.getByLabel('Pourquoi', { exact: true }).fill('surcharge');
  await page.getByLabel(/^Résultats encore attendus/).fill('Aucun');
  await page.getByLabel(/^Actes, soins/).fill('Poids chaque jour, pansement tous les deux jours.');
}

/** A document and a photo as far as their first bytes say; what matters is that they come whole. */
export const FILES = [
  {
    name: 'ordonnance.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(60_000, 7)]),
  },
  {
    name: 'plaie.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200_000, 9)]),
  },
];

/** A second discharge, of the same patient, to the doctor alone: incomplete, and said to be. */
export async function composeForDoctor(page: Page, faults: string[]): Promise<void> {
  await begin(page);
  await page.getByRole('button', { name: 'Ajouter une tâche' }).click();
  await page.getByLabel('Tâche', { exact: true }).fill('Revoir le poids');
  await page.getByLabel('Qui', { exact: true }).selectOption({ label: 'Cabinet du Dr Petit' });
  await page.getByLabel('Joindre un fichier ou une photo').setInputFiles(FILES);
  await page.getByRole('button', { name: 'Retirer plaie.jpg' }).waitFor();
  await sayIncomplete(page);
  faults.push(...(await look(page, 'composer-files')));
  await page.getByRole('button', { name: 'Transmettre à 1' }).click();
}

/** A third one, as far as the button. */
export async function startForDoctor(page: Page): Promise<void> {
  await begin(page);
  await sayIncomplete(page);
  await page.getByRole('button', { name: 'Transmettre à 1' }).waitFor();
}

async function begin(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
  await page.getByLabel(/^INS/).fill(DATAMATRIX);
  await page.getByText('INS juste').waitFor();
  await page.getByRole('button', { name: 'Ajouter Cabinet du Dr Petit' }).click();
}

async function sayIncomplete(page: Page): Promise<void> {
  await page.getByText('Transmettre une lettre incomplète').first().click();
  await page.getByRole('radio', { name: 'Le médecin n’a pas encore signé' }).check();
}
