/**
 * A ward's shared computer and a nurse's phone: opened by the camera, worked at in her name, ended,
 * and nothing of her left. Each story prints its seconds and its taps.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LIMITS } from '@liaison/contract/limits';
import type { CircleId } from '@liaison/contract/ids';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { listenForCard, readCard } from './card.reading.js';
import { look, type Visitor } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { keptBy } from './memory.reading.js';
import { openScene, the } from './scene.js';

const DESK = { width: 1280, height: 800 } as const;
const OPENED_WITHIN_S = 10;
const MOST_TAPS = 2;
const TYPED = 'Pansement refait, reste à';
const HERS = ['GARNIER', 'Mathis', 'Relève de nuit', 'Chambre 12', TYPED];
const HOME = { name: 'Ce qui m’attend' } as const;

let desk: Visitor;
let talk: CircleId;

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
  const { nurse } = the().people;
  talk = await nurse.liaison.createChannel('Relève de nuit', [nurse.team]);
  await nurse.liaison.post(talk, 'Chambre 12 : sortie à 17 h', []);
  desk = await the().stage.visitor('ward desk', { viewport: DESK });
  await listenForCard(desk.page);
}, 120_000);

afterAll(async () => {
  await the().close();
}, 30_000);

const phone = (): Page => the().visitors.nurse.page;

/** The phone's camera reads the card that stands on the desk; one tap opens it. */
async function open(page: Page): Promise<void> {
  await phone().goto(await readCard(page));
  await phone().getByText('lira et écrira en votre nom').waitFor();
  await phone().getByRole('button', { name: 'Ouvrir le poste' }).click();
}

async function openTalk(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Conversations' }).click();
  await page.getByRole('link', { name: /Relève de nuit/ }).click();
  await page.locator('.thread').getByText('Chambre 12 : sortie à 17 h').waitFor();
}

/** No word of hers on the screen, wherever the way back leads. */
async function showsNothing(page: Page): Promise<void> {
  const text = await page.locator('body').innerText();
  for (const word of HERS) expect(text).not.toContain(word);
  expect(new URL(page.url()).pathname).toBe('/poste');
}

let before: string;

test('is opened by the phone’s camera within seconds, and is worked at', async () => {
  const { page } = desk;
  await page.goto(the().world.origin);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  the().note(await look(page, 'post-sign-in'));
  await resetInteractions(page);
  await page.getByRole('link', { name: 'Poste partagé' }).click();
  await readCard(page);
  expect(await interactionsOf(page)).toBe(1);
  the().note(await look(page, 'post-card'));
  before = await keptBy(page);
  const card = await readCard(page);
  await resetInteractions(phone());
  const began = performance.now();
  await phone().goto(card);
  await phone().getByText('lira et écrira en votre nom').waitFor();
  const scanned = performance.now();
  the().note(await look(phone(), 'post-offer'));
  const asked = performance.now();
  await phone().getByRole('button', { name: 'Ouvrir le poste' }).click();
  await page.getByRole('heading', HOME).waitFor();
  const seconds = (performance.now() - asked + scanned - began) / 1000;
  const taps = await interactionsOf(phone());
  process.stdout.write(`Post opened: ${seconds.toFixed(1)} s from the card, ${taps} tap(s).\n`);
  expect(taps).toBeLessThanOrEqual(MOST_TAPS);
  expect(seconds).toBeLessThan(OPENED_WITHIN_S);
  await phone()
    .getByText(/Le poste est ouvert jusqu’à/)
    .waitFor();
  the().note(await look(phone(), 'post-opened'));
  await page.getByText('Session de Mathis GARNIER').waitFor();
  await page.getByRole('heading', { name: 'Cardiologie · CH de Laon' }).waitFor();
  the().note(await look(page, 'post-home'));
  await openTalk(page);
  await page.getByLabel('Votre message').fill('Chambre 14 aussi');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await eventually(async () => {
    const last = (await the().people.nurse.liaison.messages(talk)).at(-1);
    expect(last?.text).toEqual({ state: 'open', value: 'Chambre 14 aussi' });
  });
  the().note(await look(page, 'post-talk'));
  expect(page.url()).toBe(`${the().world.origin}/poste`);
  await page.goBack();
  await page.getByRole('link', { name: /Relève de nuit/ }).waitFor();
  await page.getByRole('link', { name: 'Moi', exact: true }).click();
  await page.getByText('Ce poste est prêté').waitFor();
  the().note(await look(page, 'post-me'));
}, 60_000);

test('ended by its button, leaves nothing on screen, in the history, in any store', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Terminer ma session' }).click();
  await page.getByText('Rien n’en reste sur ce poste').waitFor();
  await readCard(page);
  the().note(await look(page, 'post-ended'));
  await showsNothing(page);
  expect(await keptBy(page)).toBe(before);
  for (let steps = 0; steps < 2; steps += 1) {
    await page.goBack();
    await readCard(page);
    await showsNothing(page);
  }
  await page.goForward();
  await readCard(page);
  await showsNothing(page);
  const { person } = await the().people.nurse.liaison.session();
  expect(await keptBy(page)).not.toContain(person);
}, 60_000);

test('a page that is loaded again is nobody’s, at its own address and at any other', async () => {
  const { page } = desk;
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('heading', { name: 'Un poste partagé est resté ouvert ici' }).waitFor();
  the().note(await look(page, 'post-left'));
  for (const word of HERS) expect(await keptBy(page)).not.toContain(word);
  await page.getByRole('link', { name: 'Fermer cette session et ouvrir le poste' }).click();
  await readCard(page);
  await showsNothing(page);
  expect(await keptBy(page)).toBe(before);
}, 60_000);

test('a key that changed asks for the phone again, and every typed word is there', async () => {
  const { page } = desk;
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
  await openTalk(page);
  await page.getByLabel('Votre message').fill(TYPED);
  await replacePaper(phone());
  await page.getByRole('heading', { name: 'Prolonger cette session' }).waitFor();
  await expect(page.locator('body').innerText()).resolves.not.toContain('Chambre 12');
  the().note(await look(page, 'post-renewal'));
  await open(page);
  const field = page.getByLabel('Votre message');
  await field.waitFor();
  expect(await field.inputValue()).toBe(TYPED);
}, 60_000);

test('is listed in “Moi”, ended from there alone or with all, and its screen empties', async () => {
  const { page } = desk;
  await phone().goto(`${the().world.origin}/moi`);
  const posts = phone().locator('section', { hasText: 'Postes partagés ouverts' });
  await posts.getByRole('button', { name: 'Terminer', exact: true }).waitFor();
  the().note(await look(phone(), 'post-list'));
  await posts.getByRole('button', { name: 'Terminer', exact: true }).click();
  await posts.getByText('Aucun poste partagé').waitFor();
  await page.getByText('terminée depuis ailleurs').waitFor();
  the().note(await look(page, 'post-ended-elsewhere'));
  await showsNothing(page);
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
  await phone().getByRole('link', { name: 'Postes partagés ouverts' }).click();
  await phone().getByRole('button', { name: 'Terminer tous les postes' }).click();
  const sheet = phone().getByRole('dialog');
  the().note(await look(phone(), 'post-end-all'));
  await sheet.getByRole('button', { name: 'Terminer tous les postes' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByText('terminée depuis ailleurs').waitFor();
  await showsNothing(page);
}, 60_000);

test('warns and then ends by itself when nobody is at it', async () => {
  const { page } = await the().stage.visitor('forgotten desk', { viewport: DESK });
  await listenForCard(page);
  await page.clock.install();
  await page.goto(`${the().world.origin}/poste`);
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
  const { postIdleMs, postWarnMs } = LIMITS;
  await page.clock.fastForward(postIdleMs.value - postWarnMs.value / 2);
  const warning = page.getByText(/Cette session se termine dans/);
  await warning.waitFor();
  the().note(await look(page, 'post-idle'));
  await page.mouse.move(200, 300);
  await warning.waitFor({ state: 'detached' });
  await page.clock.fastForward(postIdleMs.value + 1000);
  await page.getByText('faute d’activité').waitFor();
  await showsNothing(page);
}, 60_000);

test('offers more time before its lease ends; the phone gives it', async () => {
  const { page } = await the().stage.visitor('desk of a long day', { viewport: DESK });
  await listenForCard(page);
  await page.clock.install();
  await page.goto(`${the().world.origin}/poste`);
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
  // Somebody is at it all day: each step is shorter than what it takes to be gone.
  const { postIdleMs, postWarnMs, postEndingMs, leaseMs } = LIMITS;
  const stepMs = postIdleMs.value - 2 * postWarnMs.value;
  for (let left = leaseMs.value - postEndingMs.value; left > 0; left -= stepMs) {
    await page.clock.fastForward(stepMs);
    await page.mouse.move(200, 300 + (left % 7));
  }
  await page.getByText(/Cette session se termine dans \d+ minutes/).waitFor();
  the().note(await look(page, 'post-ending'));
  await page.getByRole('button', { name: 'Prolonger' }).click();
  await page.getByRole('heading', { name: 'Prolonger cette session' }).waitFor();
  await page.getByRole('button', { name: 'Revenir sans prolonger' }).waitFor();
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
}, 90_000);

test('digits that differ open nothing; refused and offline say so, with a way on', async () => {
  const { page, context, faults } = desk;
  await readCard(page);
  const code = (await page.locator('.link-code').innerText()).replace(/\s/g, '');
  await phone().goto(`${the().world.origin}/relier`);
  await phone().getByLabel('Code affiché sur le nouvel appareil').fill(code);
  await phone().getByRole('button', { name: 'Continuer' }).click();
  await phone().getByText('exactement ces chiffres').waitFor();
  await page.getByText('exactement ces chiffres').waitFor();
  the().note(await look(phone(), 'post-compare-phone'));
  the().note(await look(page, 'post-compare'));
  await phone().getByRole('button', { name: 'Non, ils diffèrent' }).click();
  await page.getByText('Le poste n’a pas été ouvert').waitFor();
  the().note(await look(page, 'post-refused'));
  await page.getByRole('button', { name: 'Afficher un nouveau code' }).click();
  await readCard(page);
  await context.setOffline(true);
  await page.getByText('Ce poste n’a plus de réseau').waitFor();
  the().note(await look(page, 'post-offline'));
  await context.setOffline(false);
  await page.getByText('Ce poste n’a plus de réseau').waitFor({ state: 'detached' });
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
  expect(faults).toEqual([]);
}, 60_000);

test('what has not left yet is counted before it would be lost', async () => {
  const { page, context } = desk;
  await openTalk(page);
  await context.setOffline(true);
  await page.getByLabel('Votre message').fill('Parti plus tard');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.getByText('en cours d’envoi').waitFor();
  await page.getByRole('button', { name: 'Terminer ma session' }).click();
  const sheet = page.getByRole('dialog', { name: 'Tout n’est pas encore parti' });
  await sheet.getByText('1 envoi attend').waitFor();
  the().note(await look(page, 'post-unsent'));
  await sheet.getByRole('button', { name: 'Attendre' }).click();
  await context.setOffline(false);
  await eventually(async () => {
    const last = (await the().people.nurse.liaison.messages(talk)).at(-1);
    expect(last?.text).toEqual({ state: 'open', value: 'Parti plus tard' });
  });
  await page.locator('.message.mine').getByText('envoyé').last().waitFor();
  await page.getByRole('button', { name: 'Terminer ma session' }).click();
  await page.getByText('Rien n’en reste sur ce poste').waitFor();
}, 60_000);

test('a code that ran out wakes under the hand; a phone offline, or refused, says what to do', async () => {
  const { page } = desk;
  const { context } = the().visitors.nurse;
  const first = await readCard(page);
  await the().world.fixture.database.query('UPDATE links SET until = 0', []);
  await page.getByText('Ce code a expiré').waitFor();
  the().note(await look(page, 'post-expired'));
  await phone().goto(first);
  await phone().getByText('Ce code n’existe pas').waitFor();
  await page.mouse.move(300, 300);
  await phone().goto(await readCard(page));
  await phone().getByText('lira et écrira en votre nom').waitFor();
  await context.setOffline(true);
  await phone().getByRole('button', { name: 'Ouvrir le poste' }).click();
  await phone().getByText('Pas de réseau').waitFor();
  the().note(await look(phone(), 'post-phone-offline'));
  await context.setOffline(false);
  // Meanwhile her key moves, in another tab: what this one would lend is worth nothing any more.
  const other = await context.newPage();
  await replacePaper(other);
  await other.close();
  await phone().getByRole('button', { name: 'Ouvrir le poste' }).click();
  await phone().getByText('ou vos clés ont changé').waitFor();
  the().note(await look(phone(), 'post-lease-refused'));
  await phone().getByRole('button', { name: 'Essayer un autre code' }).click();
  await page.getByText('Votre téléphone tarde à répondre').waitFor({ timeout: 20_000 });
  the().note(await look(page, 'post-slow'));
  await page.getByRole('button', { name: 'Afficher un nouveau code' }).click();
  await open(page);
  await page.getByRole('heading', HOME).waitFor();
}, 90_000);

test('speaks English, and is nobody’s own browser at once', async () => {
  const { page } = desk;
  await page.getByRole('link', { name: 'Moi', exact: true }).click();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('button', { name: 'End my session' }).waitFor();
  the().note(await look(page, 'post-me-en'));
  await page.getByRole('button', { name: 'End my session' }).click();
  await page.getByText('Nothing of it stays on this computer').waitFor();
  await readCard(page);
  the().note(await look(page, 'post-ended-en'));
  await phone().goto(`${the().world.origin}/poste`);
  await phone()
    .getByRole('heading', { name: 'Quelqu’un est connecté dans ce navigateur' })
    .waitFor();
  the().note(await look(phone(), 'post-taken'));
  await phone().getByRole('link', { name: 'Revenir à Liaison' }).click();
  await phone().getByRole('heading', HOME).waitFor();
}, 60_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});

/** As in "Moi": a new sheet, noted and typed back; her key moves with it. */
async function replacePaper(page: Page): Promise<void> {
  await page.goto(`${the().world.origin}/moi`);
  await page.getByRole('button', { name: 'Remplacer ma feuille de secours' }).click();
  const list = page.locator('.recovery-words li');
  await list.first().waitFor();
  const words = await list.allTextContents();
  await page.getByRole('button', { name: 'C’est noté' }).click();
  for (const field of await page.getByLabel(/^Mot n° /).all()) {
    const id = (await field.getAttribute('id')) ?? '';
    const label = await page.locator(`label[for="${id}"]`).innerText();
    await field.fill(words[Number(/\d+/.exec(label)?.[0] ?? '0') - 1] ?? '');
  }
  await page.locator('form').getByRole('button', { name: 'Terminer' }).click();
  await page.getByText('Détruisez l’ancienne feuille').waitFor();
}
