/**
 * Whether the browser promised to keep what Liaison stores, and how Liaison can be installed where
 * it did not: an installed application is kept. The promise is asked for once a device was set up,
 * never before: some browsers ask the person, who by then knows what it is about.
 */
import { signal } from '@preact/signals';

const ASKED = 'liaison.storage-asked';

/** `unknown`: not looked at yet, or a browser that cannot say. */
export const keeping = signal<'unknown' | 'kept' | 'evictable'>('unknown');

/** What Chromium hands over once the application may be installed. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

export const installPrompt = signal<InstallPrompt | null>(null);

export type InstallWay = 'prompt' | 'ios' | 'mac';

/** How this browser installs an application; null where it cannot, or has done it. */
export function installWay(): InstallWay | null {
  if (matchMedia('(display-mode: standalone)').matches) return null;
  // Safari alone has this property, which no standard names.
  const { standalone, maxTouchPoints } = navigator as Navigator & { standalone?: boolean };
  if (standalone !== undefined && maxTouchPoints > 0) return standalone ? null : 'ios';
  if (installPrompt.value !== null) return 'prompt';
  const isSafari = /^((?!chrome|chromium|android).)*safari/i.test(navigator.userAgent);
  return isSafari ? 'mac' : null;
}

export function watchInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    // The browser's own bar would stand over the page: our words ask, at a time of the person's.
    event.preventDefault();
    installPrompt.value = event as InstallPrompt;
  });
  addEventListener('appinstalled', () => {
    installPrompt.value = null;
    void lookAtStorage();
  });
}

export async function lookAtStorage(): Promise<void> {
  if (!('storage' in navigator)) return;
  keeping.value = (await navigator.storage.persisted()) ? 'kept' : 'evictable';
}

export async function askToKeep(): Promise<void> {
  if (!('storage' in navigator)) return;
  localStorage.setItem(ASKED, '1');
  keeping.value = (await navigator.storage.persist()) ? 'kept' : 'evictable';
}

/** For a device that is set up: asks the first time, and looks from then on. */
export async function settleStorage(): Promise<void> {
  await lookAtStorage();
  if (keeping.value === 'evictable' && localStorage.getItem(ASKED) === null) await askToKeep();
}
