/**
 * Who a colleague is, from every place where their name stands: one tap, the same card, in both
 * languages; two people compare by the code of one screen and the camera of the other.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PersonId } from '@liaison/contract/ids';
import type { Page } from 'playwright-core';
import { encode } from 'uqr';
import { CHANGED } from '../../tools/psc-emulator/changed.people.js';
import { look } from './chromium.stage.js';
import { draftOf } from '../support/handoff-draft.js';
import { openScene, the } from './scene.js';

beforeAll(async () => {
  await openScene();
  await the().arrive('nurse');
}, 180_000);

afterAll(async () => {
  await the().close();
}, 30_000);

async function closeCard(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Fermer' });
  for (let left = await close.count(); left > 0; left = await close.count()) {
    await close.last().click();
  }
}

/** The card is there, and says what certifies its person and since when. */
async function cardStands(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: new RegExp(`Qui est .*${name}`) }).waitFor();
  await page.getByText(/Pro Santé Connect certifie son nom/).waitFor();
}

async function personOf(name: string): Promise<PersonId> {
  const hits = await the().people.nurse.liaison.searchDirectory(name);
  const member = hits.find(({ party }) => party?.type === 'person')?.party?.member ?? '';
  return member.slice(2) as PersonId;
}

test('every name opens the card: in a conversation, a search, a team, a handoff', async () => {
  const { nurse, gp } = the().people;
  const { page } = the().visitors.nurse;
  const { origin } = the().world;
  const channel = await nurse.liaison.createChannel('Relève', [nurse.team, gp.team]);
  await nurse.liaison.post(channel, 'Bonjour à tous', []);
  await page.goto(`${origin}/conversations/${channel}`);
  await page.locator('.message-text').first().waitFor();
  await page
    .locator('.message-head')
    .getByRole('button', { name: /LEFEVRE/ })
    .click();
  await cardStands(page, 'LEFEVRE');
  await page.getByText(/(Disponible|Occupé) en ce moment/).waitFor();
  the().note(await look(page, 'card-author'));
  await closeCard(page);
  await page.getByRole('button', { name: 'Cabinet du Dr Petit' }).first().click();
  await page.getByText('Le nom de cette équipe est celui').waitFor();
  the().note(await look(page, 'card-team'));
  await page.getByRole('button', { name: /PETIT/ }).click();
  await cardStands(page, 'PETIT');
  await closeCard(page);

  await page.goto(`${origin}/annuaire`);
  await page.getByRole('searchbox').fill('belkacem');
  await page
    .getByRole('button', { name: /BELKACEM/ })
    .first()
    .click();
  await cardStands(page, 'BELKACEM');
  await closeCard(page);

  const handoff = await nurse.liaison.sendHandoff(draftOf(nurse, [gp]));
  await page.goto(`${origin}/transmissions/${handoff}`);
  await page.locator('.addressees').getByRole('button', { name: 'Cabinet du Dr Petit' }).click();
  await page.getByRole('button', { name: /PETIT/ }).click();
  await cardStands(page, 'PETIT');
  the().note(await look(page, 'card-addressee'));
  await closeCard(page);
}, 120_000);

/** No camera stands in a test: what it would read is said instead, by the browser's own names. */
function camera(): void {
  const canvas = document.createElement('canvas');
  const media = { getUserMedia: () => Promise.resolve(canvas.captureStream()) };
  Object.defineProperty(navigator, 'mediaDevices', { value: media });
  HTMLMediaElement.prototype.play = () => Promise.resolve();
  Object.assign(globalThis, {
    BarcodeDetector: class {
      detect(): Promise<unknown> {
        return Promise.resolve([{ rawValue: (globalThis as { seen?: string }).seen ?? '' }]);
      }
    },
  });
}

test('two people compare by code: another code is refused, theirs is kept as compared', async () => {
  const { nurse } = the().people;
  const { page } = the().visitors.nurse;
  const theirs = (await nurse.liaison.personCard(await personOf('GARNIER'))).safety?.qr ?? '';
  await page.addInitScript(camera);
  await page.goto(`${the().world.origin}/annuaire`);
  await page.getByRole('searchbox').fill('lefevre');
  await page
    .getByRole('button', { name: /LEFEVRE/ })
    .first()
    .click();
  await page.getByText('Comparer par un code').click();
  const path = page.locator('svg.qr path');
  await path.waitFor();
  // The code that is drawn is the one that the other's screen draws.
  const dark = encode(theirs, { ecc: 'M', border: 0 }).data.flat().filter(Boolean).length;
  expect(((await path.getAttribute('d')) ?? '').split('M').length - 1).toBe(dark);
  the().note(await look(page, 'card-code'));
  const scan = async (seen: string): Promise<void> => {
    await page.evaluate((text) => Object.assign(globalThis, { seen: text }), seen);
    await page.getByRole('button', { name: 'Viser son code' }).click();
    await page.getByRole('button', { name: 'Viser avec l’appareil photo' }).click();
  };
  await scan('liaison-securite/1/AAAA');
  await page.getByText('Ce code n’est pas celui').waitFor();
  the().note(await look(page, 'card-differs'));
  await scan(theirs);
  await page.getByText(/^ ?Comparé /).waitFor();
  await page.reload();
  await page.getByRole('searchbox').fill('lefevre');
  await page
    .getByRole('button', { name: /LEFEVRE/ })
    .first()
    .click();
  await page.getByText(/^ ?Comparé /).waitFor();
}, 90_000);

test('a colleague who married is told once, in both languages, and nothing waits', async () => {
  const { idel } = the().people;
  const { world } = the();
  const { page } = the().visitors.nurse;
  await page.goto(`${world.origin}/annuaire`);
  await page.getByRole('searchbox').fill('belkacem');
  await page
    .getByRole('button', { name: /BELKACEM/ })
    .first()
    .click();
  await cardStands(page, 'BELKACEM');
  await world.signIn(idel, CHANGED.married);
  const { authorizeUrl } = await idel.liaison.beginContinuity('/');
  await world.comeBack(idel, authorizeUrl, CHANGED.married);
  await world.pass(60_000);
  await page.goto(`${world.origin}/annuaire`);
  await page.getByRole('searchbox').fill('belkacem');
  await page
    .getByRole('button', { name: /BELKACEM/ })
    .first()
    .click();
  await page.getByText(/^Connue jusqu’ici comme Samira BELKACEM/).waitFor();
  await page.getByText('Pro Santé Connect dit que c’est la même personne').first().waitFor();
  the().note(await look(page, 'card-married'));
  await page.getByRole('button', { name: 'J’en ai pris connaissance' }).click();
  await page.getByText(/^Auparavant Samira BELKACEM/).waitFor();
  await closeCard(page);
  await page.evaluate(() => localStorage.setItem('liaison.language', 'en'));
  await page.goto(`${world.origin}/annuaire`);
  await page.getByRole('searchbox').fill('belkacem');
  await page
    .getByRole('button', { name: /BELKACEM/ })
    .first()
    .click();
  await page.getByText(/^Formerly Samira BELKACEM/).waitFor();
  the().note(await look(page, 'card-english'));
}, 90_000);

test('nothing was refused and nothing failed', () => {
  expect(the().faults).toEqual([]);
});
