/**
 * Friday, 16:30: a discharge to a doctor who is away, to home nurses who have no room, and to a
 * pharmacy. All of it is followed from the nurse's board; each act prints its seconds and taps.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { USUAL_SETTINGS } from '@liaison/contract/notification-settings';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import type { Player } from '../support/world.js';
import { look } from './chromium.stage.js';
import { compose, DATAMATRIX } from './compose.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { openScene, the } from './scene.js';

const DESK = { width: 1280, height: 860 } as const;
const OTHERS = 'Cabinet IDEL de la Gare';
const HOUR_MS = 3_600_000;
const MOST = { send: 25, takeAsStandIn: 2, reassign: 1, copy: 1, begin: 2 } as const;

let gare: Player;
let began = 0;
let interactions = 0;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
  await the().arrive('gp');
  gare = await the().openTeam(OTHERS, 'practice', '899970000081');
}, 300_000);

afterAll(async () => {
  await the().close();
}, 30_000);

/** What one act cost: printed, held to its most, and added to the whole. */
async function cost(page: Page, what: string, most: number, since: number): Promise<void> {
  const seconds = (performance.now() - since) / 1000;
  const used = await interactionsOf(page);
  console.log(`Friday 16:30, ${what}: ${used} interactions, ${seconds.toFixed(1)} s`);
  expect(used).toBeLessThanOrEqual(most);
  interactions += used;
}

const nurse = (): Page => the().visitors.nurse.page;

async function asked(player: Player): Promise<CircleId> {
  return eventually(async () => {
    await player.liaison.sync();
    const [view] = await player.liaison.handoffs();
    if (view === undefined) throw new Error('Nothing was asked yet.');
    return view.id;
  });
}

test('the doctor is away, and a colleague of the practice stands in', async () => {
  const { gp } = the().people;
  const [from, to] = [Date.now() - HOUR_MS, Date.now() + 72 * HOUR_MS];
  const members = await gp.liaison.teamMembers(gp.teamId);
  const colleague = members.find(({ name }) => name.endsWith('NGUYEN'));
  if (colleague === undefined) throw new Error('Nobody stands in for the doctor.');
  const policy = { ...USUAL_SETTINGS.policy, away: [{ from, to }] };
  const delegate = colleague.person;
  await gp.liaison.setNotificationSettings({ ...USUAL_SETTINGS, policy, delegate });
  expect((await gp.liaison.notificationSettings()).delegate).toBe(delegate);
}, 30_000);

test('the nurse hands over to three', async () => {
  await nurse().goto(the().world.origin);
  await nurse().getByRole('heading', { name: 'Cardiologie · CH de Laon' }).waitFor();
  await resetInteractions(nurse());
  began = performance.now();
  await compose(nurse(), the().faults);
  await nurse().getByRole('heading', { name: 'M. DARK Jean' }).waitFor();
  await cost(nurse(), 'a discharge to three', MOST.send, began);
}, 60_000);

test('the stand-in is asked, and takes it in two taps', async () => {
  const { page } = the().visitors.gp;
  await page.goto(`${the().world.origin}/nouvelles`);
  const told = page.getByRole('link', { name: /On vous demande de prendre un patient/ });
  await told.waitFor();
  await resetInteractions(page);
  const since = performance.now();
  await told.click();
  const take = page.getByRole('button', { name: 'Je prends' });
  await take.waitFor();
  the().note(await look(page, 'friday-stand-in'));
  await take.click();
  await page.getByText(/^Pris en charge par/).waitFor();
  await cost(page, 'the stand-in takes it', MOST.takeAsStandIn, since);
}, 60_000);

test('the home nurses have no room, the pharmacist takes it, and the board says so', async () => {
  const { idel, pharmacist } = the().people;
  const note = 'Tournée pleine jusqu’à lundi.';
  await idel.liaison.decline(await asked(idel), idel.team, 'no-capacity', note);
  await pharmacist.liaison.accept(await asked(pharmacist), pharmacist.team, '');
  await nurse().goto(the().world.origin);
  await nurse().getByText('2 pris').waitFor();
  await nurse().getByText('1 décliné').waitFor();
  await nurse()
    .getByRole('button', { name: `Demander à ${OTHERS}` })
    .waitFor();
  expect(await nurse().locator('.board-red').count()).toBe(1);
  the().note(await look(nurse(), 'friday-board'));
  await nurse().setViewportSize(DESK);
  await nurse().locator('.board-row > a').first().click();
  await nurse().getByText(note).waitFor();
  the().note(await look(nurse(), 'friday-desk'));
  await nurse().setViewportSize({ width: 390, height: 844 });
}, 60_000);

test('another practice is asked in one tap, takes it, and nothing is left', async () => {
  await nurse().goto(the().world.origin);
  const ask = nurse().getByRole('button', { name: `Demander à ${OTHERS}` });
  await ask.waitFor();
  await resetInteractions(nurse());
  const since = performance.now();
  await ask.click();
  await nurse().getByText('1 à prendre').waitFor();
  await cost(nurse(), 'another is asked', MOST.reassign, since);
  await gare.liaison.accept(await asked(gare), gare.team, '');
  await nurse().getByText('3 pris').waitFor();
  expect(await nurse().locator('.board-red').count()).toBe(0);
  the().note(await look(nurse(), 'friday-board-taken'));
}, 60_000);

test('the whole goes into the nurse’s own software in one tap, without a network', async () => {
  const { context } = the().visitors.nurse;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await nurse().locator('.board-row > a').first().click();
  const copy = nurse().getByRole('button', { name: 'Copier le texte' });
  await copy.waitFor();
  await context.setOffline(true);
  await resetInteractions(nurse());
  const since = performance.now();
  await copy.click();
  await nurse()
    .locator('[role=status]')
    .getByText(/lignes copiées|Copié/)
    .first()
    .waitFor();
  await cost(nurse(), 'the copy for her own software', MOST.copy, since);
  const text = await nurse().evaluate(() => navigator.clipboard.readText());
  for (const part of [
    'M. DARK Jean',
    'INS 185057512345673',
    'Furosémide 40 mg (modifié)',
    `${OTHERS} : pris par`,
    'Cabinet IDEL des Remparts : demandé à un autre',
    'Cabinet du Dr Petit : pris par Thomas NGUYEN',
  ])
    expect(text).toContain(part);
  await context.setOffline(false);
  the().note(await look(nurse(), 'friday-record'));
}, 60_000);

test('a starter begins a letter, and becomes the team’s own without its patient', async () => {
  const page = nurse();
  await page.goto(the().world.origin);
  await page.getByRole('link', { name: 'Nouvelle transmission' }).click();
  await page.getByLabel(/^INS/).fill(DATAMATRIX);
  await page.getByText('INS juste').waitFor();
  await resetInteractions(page);
  const since = performance.now();
  await page.getByText('Partir d’un modèle').click();
  await page.getByRole('button', { name: 'Commencer avec Insuffisance cardiaque' }).click();
  await page.getByText('D’après le modèle « Insuffisance cardiaque », version 1').waitFor();
  await cost(page, 'a letter and a plan from a starter', MOST.begin, since);
  await page.getByRole('button', { name: 'Ajouter Cabinet IDEL des Remparts' }).click();
  const owners = page.getByLabel('Qui', { exact: true });
  await eventually(async () => {
    expect(await owners.first().locator('option:checked').innerText()).toBe(
      'Cabinet IDEL des Remparts',
    );
  });
  await page.getByText('Transmettre une lettre incomplète').first().click();
  await page.getByRole('radio', { name: 'Le médecin n’a pas encore signé' }).check();
  await page.getByRole('button', { name: 'Il reste un […] à remplir' }).waitFor();
  const follow = page.getByLabel(/^Actes, soins/);
  await follow.fill('M. DARK se pèse chaque matin. Rappeler si + 2 kg.');
  the().note(await look(page, 'friday-template'));
  await page.getByRole('button', { name: 'En faire un modèle de l’équipe' }).click();
  const sheet = page.getByRole('dialog', { name: 'Enregistrer comme modèle' });
  await sheet.getByLabel('Nom du modèle').fill('Nos insuffisants cardiaques');
  await sheet.getByText('1 mention du patient remplacée').waitFor();
  await sheet.getByText('l’identité du patient').waitFor();
  the().note(await look(page, 'friday-template-save'));
  await sheet.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Commencer avec Nos insuffisants cardiaques' }).waitFor();
  the().note(await look(page, 'friday-template-list'));
  const { liaison } = the().people.nurse;
  const [kept] = await eventually(async () => {
    await liaison.sync();
    const all = await liaison.templates();
    if (all.length === 0) throw new Error('The template is not here yet.');
    return all;
  });
  expect(kept).toMatchObject({ version: 1, team: { name: 'Cardiologie · CH de Laon' } });
  expect(JSON.stringify(kept?.template)).not.toContain('DARK');
}, 90_000);

test('nothing was refused, nothing failed, and the whole cost is said', () => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`Friday 16:30: ${interactions} interactions in all, ${seconds} s`);
  expect(the().faults).toEqual([]);
  for (const { name, faults } of the().stage.visitors)
    expect({ name, faults }).toEqual({ name, faults: [] });
});
