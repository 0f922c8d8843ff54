/**
 * Reads the card that a new device shows, as a camera would: the page draws it and writes it
 * nowhere, so the test listens to what the app's own worker tells the page.
 */
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { encode } from 'uqr';

interface Overheard {
  card?: string;
}

/** Runs in the page, before any script of the app. */
function overhear(): void {
  const Original = Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const card = /https?:\/\/[^"]*\/relier#[A-Za-z0-9_.-]+/.exec(JSON.stringify(data));
        if (card !== null) (globalThis as unknown as Overheard).card = card[0];
      });
    }
  };
}

export async function listenForCard(page: Page): Promise<void> {
  await page.addInitScript(overhear);
}

/** The card's address, once the drawing on screen is the one of this very address. */
export async function readCard(page: Page): Promise<string> {
  const path = page.locator('svg.qr path');
  await path.waitFor();
  const card = await page.evaluate(() => (globalThis as unknown as Overheard).card ?? '');
  const dark = encode(card, { ecc: 'M', border: 0 }).data.flat().filter(Boolean).length;
  const drawn = (await path.getAttribute('d')) ?? '';
  expect(drawn.split('M').length - 1).toBe(dark);
  return card;
}
