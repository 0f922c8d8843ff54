/**
 * Counts what a person does in the page: trusted clicks and taps, Enter, and fields filled (each
 * field once, however many letters). It is injected by the test: the app knows nothing of it.
 */
import type { Page } from 'playwright-core';

interface Counting {
  interactions: number;
}

/** Runs in the page, before any script of the app. */
function listenInPage(): void {
  const filled = new WeakSet<EventTarget>();
  const counting = globalThis as unknown as Counting;
  const kept = Number(sessionStorage.getItem('test.interactions') ?? '0');
  counting.interactions = kept;
  const add = (): void => {
    counting.interactions += 1;
    sessionStorage.setItem('test.interactions', String(counting.interactions));
  };
  const isField = (target: EventTarget | null): boolean =>
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox', 'file'].includes(target.type));
  // A click on a label makes a second one on its control: only the first is a person's.
  addEventListener(
    'click',
    (event) => event.isTrusted && event.detail > 0 && !isField(event.target) && add(),
    true,
  );
  addEventListener('keydown', (event) => event.isTrusted && event.key === 'Enter' && add(), true);
  addEventListener(
    'input',
    (event) => {
      const { target } = event;
      if (!event.isTrusted || target === null || !isField(target) || filled.has(target)) return;
      filled.add(target);
      add();
    },
    true,
  );
}

export async function countInteractions(page: Page): Promise<void> {
  await page.addInitScript(listenInPage);
}

export function interactionsOf(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Counting).interactions);
}

export async function resetInteractions(page: Page): Promise<void> {
  await page.evaluate(() => {
    sessionStorage.setItem('test.interactions', '0');
    (globalThis as unknown as Counting).interactions = 0;
  });
}
