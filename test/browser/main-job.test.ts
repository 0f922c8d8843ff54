/**
 * The main job in a browser, in French, at a phone's width, against the real server: a nurse sets
 * her device up, hands a patient over to three teams, and sees each of them answer.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PersonId } from '@liaison/contract/ids';
import { eventually } from '../support/eventually.js';
import { type People, type Player, World } from '../support/world.js';
import { compose, DATAMATRIX } from './compose.js';
import { look, Stage, type Visitor, withAuthenticator } from './chromium.stage.js';
import { interactionsOf, resetInteractions } from './interaction.count.js';
import { setUp, signIn } from './way-in.js';

/** Colleagues of the usual people: each comes by browser and is let into their team. */
const BY_BROWSER = {
  nurse: { idnps: '899970000164', name: 'GARNIER', colleague: 'nurse' },
  gp: { idnps: '899970000040', name: 'NGUYEN', colleague: 'gp' },
  idel: { idnps: '899970000065', name: 'DUPUIS', colleague: 'idel' },
  pharmacist: { idnps: '899970000115', name: 'HADDAD', colleague: 'pharmacist' },
} as const;

const MOST_TO_SEND = 25;
const MOST_TO_ACCEPT = 2;

let world: World;
let people: People;
let stage: Stage;
const faults: string[] = [];
const visitors = {} as Record<keyof typeof BY_BROWSER, Visitor>;

async function personOf(player: Player, name: string): Promise<PersonId> {
  const hits = await player.liaison.searchDirectory(name);
  const member = hits.find(({ party }) => party?.type === 'person')?.party?.member;
  if (member === undefined) throw new Error(`${name} is not in the directory.`);
  return member.slice(2) as PersonId;
}

/** The coordinator admits them and the colleague lets them into the team. */
async function letIn(role: keyof typeof BY_BROWSER): Promise<void> {
  const { name, colleague } = BY_BROWSER[role];
  const { liaison, teamId } = people[colleague];
  const person = await personOf(people.coordinator, name);
  await people.coordinator.liaison.admit(person);
  await liaison.refresh();
  await liaison.addToTeam(teamId, person);
}

async function arrive(role: keyof typeof BY_BROWSER): Promise<void> {
  const visitor = await stage.visitor(role);
  visitors[role] = visitor;
  await signIn(visitor, world.origin, BY_BROWSER[role].idnps);
  await setUp(visitor, faults);
  await letIn(role);
  await visitor.page.reload();
  await visitor.page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
}

beforeAll(async () => {
  await Stage.build();
  world = await World.open();
  people = await world.people();
  stage = await Stage.open(world.origin, new URL(world.emulator.issuer).origin);
}, 120_000);

afterAll(async () => {
  await stage.close();
  await world.close();
});

test('the sign-in screen stands in French, and in English when asked', async () => {
  const { page } = await stage.visitor('guest');
  await page.goto(world.origin);
  await page
    .getByRole('heading', { name: 'La suite des soins, passée de main en main.' })
    .waitFor();
  faults.push(...(await look(page, 'sign-in')));
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Care that goes on, from hand to hand.' }).waitFor();
  faults.push(...(await look(page, 'sign-in-en')));
}, 30_000);

test('four people set their device up and come into their teams', async () => {
  for (const role of ['nurse', 'gp', 'idel', 'pharmacist'] as const) await arrive(role);
  await visitors.nurse.page.getByRole('heading', { name: 'Cardiologie · CH de Laon' }).waitFor();
  faults.push(...(await look(visitors.nurse.page, 'home-empty')));
}, 90_000);

test('a discharge to three takes few interactions', async () => {
  const { page } = visitors.nurse;
  await resetInteractions(page);
  await compose(page, faults);
  await page.getByRole('heading', { name: 'M. DARK Jean' }).waitFor();
  const used = await interactionsOf(page);
  console.log(`discharge to three: ${used} interactions (most ${MOST_TO_SEND})`);
  expect(DATAMATRIX).toContain('IS01');
  expect(used).toBeLessThanOrEqual(MOST_TO_SEND);
  faults.push(...(await look(page, 'story-sent')));
}, 60_000);

test('the GP accepts from the notification in two interactions', async () => {
  const { page } = visitors.gp;
  await page.getByRole('link', { name: /^Nouvelles/ }).click();
  const news = page.getByRole('link', { name: /On vous demande de prendre un patient/ });
  await news.waitFor();
  faults.push(...(await look(page, 'news')));
  await resetInteractions(page);
  await news.click();
  await page.getByRole('button', { name: 'Je prends' }).first().waitFor();
  faults.push(...(await look(page, 'story-asked')));
  await page.getByRole('button', { name: 'Je prends' }).first().click();
  await page.getByText(/^Pris en charge par/).waitFor();
  const used = await interactionsOf(page);
  console.log(`accept from the notification: ${used} interactions (most ${MOST_TO_ACCEPT})`);
  expect(used).toBeLessThanOrEqual(MOST_TO_ACCEPT);
}, 30_000);

test('the home nurse accepts with the keyboard alone', async () => {
  const { page } = visitors.idel;
  const take = page.getByRole('button', { name: 'Je prends' });
  await take.waitFor();
  faults.push(...(await look(page, 'home-asked')));
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await take.evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Pris par nous' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Touches du clavier' }).waitFor();
  faults.push(...(await look(page, 'keys')));
  await page.keyboard.press('Escape');
}, 30_000);

test('the pharmacist declines with a reason, and the nurse sees all three answers', async () => {
  const { page } = visitors.pharmacist;
  await page.getByText('Décliner', { exact: true }).click();
  await page.getByRole('button', { name: 'Plus de place' }).click();
  await page.getByRole('button', { name: 'Je prends' }).waitFor({ state: 'detached' });
  const nurse = visitors.nurse.page;
  await nurse.getByText('Plus de place').waitFor();
  await eventually(async () => {
    expect(await nurse.getByText(/^Pris en charge par/).count()).toBe(2);
  });
  faults.push(...(await look(nurse, 'story-answered')));
}, 30_000);

test('the nurse reads who can read, asks another, and talks at the foot of the story', async () => {
  const { page } = visitors.nurse;
  await page.getByRole('button', { name: /^Chiffré de bout en bout/ }).click();
  await page.getByRole('heading', { name: 'Qui peut lire ceci' }).waitFor();
  await page.getByRole('heading', { name: 'Pharmacie du Beffroi' }).waitFor();
  faults.push(...(await look(page, 'trust')));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Demander à un autre' }).first().click();
  await page.getByRole('dialog', { name: 'Demander à un autre' }).waitFor();
  faults.push(...(await look(page, 'reassign')));
  await page.keyboard.press('Escape');
  await page.getByLabel('Votre message').fill('Le pansement a été fait à 9 h.');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.getByText('envoyé', { exact: true }).waitFor();
  const idel = visitors.idel.page;
  await idel.getByRole('link', { name: /M\. D\., / }).click();
  await idel.getByText('Le pansement a été fait à 9 h.').waitFor();
}, 30_000);

test('a locked session opens with a passkey, and a further accept costs one more', async () => {
  const { page, context } = visitors.gp;
  await withAuthenticator(context, page);
  await page.goto(`${world.origin}/moi`);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await page.getByText('Vous pouvez déverrouiller d’un geste.').waitFor();
  await page.getByRole('button', { name: 'Verrouiller maintenant' }).click();
  await page.getByRole('heading', { name: 'Session verrouillée' }).waitFor();
  faults.push(...(await look(page, 'lock')));
  await resetInteractions(page);
  await page.getByRole('button', { name: 'Déverrouiller avec ma clé d’accès' }).click();
  await page.getByRole('heading', { name: 'Moi' }).waitFor();
  expect(await interactionsOf(page)).toBe(1);
}, 30_000);

test('the other rooms stand, by day, by night, on a desk and in English', async () => {
  const { page } = visitors.nurse;
  for (const [path, heading, name] of [
    ['/', 'Ce qui m’attend', 'home-board'],
    ['/conversations', 'Conversations', 'talks'],
    ['/annuaire', 'Annuaire', 'people'],
    ['/moi', 'Moi', 'me'],
  ] as const) {
    await page.goto(world.origin + path);
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await page.locator('.waiting').waitFor({ state: 'detached' });
    faults.push(...(await look(page, name)));
  }
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { name: 'My devices' }).waitFor();
  faults.push(...(await look(page, 'me-en')));
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.goto(world.origin);
  await page.getByRole('heading', { name: 'What awaits me' }).waitFor();
  await page.locator('.board-row').first().waitFor();
  faults.push(...(await look(page, 'home-board-dark')));
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.locator('.board-row a').first().click();
  await page.getByRole('heading', { name: 'Mr DARK Jean' }).waitFor();
  faults.push(...(await look(page, 'story-desk-dark')));
}, 60_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(faults).toEqual([]);
  for (const { name, faults: own } of stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
