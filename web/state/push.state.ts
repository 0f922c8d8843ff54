/**
 * Whether this browser may be woken: asked of the browser itself, since people and browsers take it
 * back without asking us. Nothing is asked of the person before they press the button.
 */
import { signal } from '@preact/signals';
import { face } from '../worker/liaison.client.js';
import { isPost } from './post.mode.js';
import { language } from './preference.state.js';

export type PushState = 'unknown' | 'missing' | 'denied' | 'off' | 'on';

export const pushState = signal<PushState>('unknown');

const canPush = (): boolean =>
  !isPost && 'serviceWorker' in navigator && 'PushManager' in globalThis;

async function current(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

export async function lookAtPush(): Promise<void> {
  if (!canPush() || (await navigator.serviceWorker.getRegistration()) === undefined) {
    pushState.value = 'missing';
  } else if (Notification.permission === 'denied') pushState.value = 'denied';
  else pushState.value = (await current()) === null ? 'off' : 'on';
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

function lettersOf(bytes: ArrayBuffer | null): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export async function enablePush(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return lookAtPush();
  const registration = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(await face.pushKey());
  const options = { userVisibleOnly: true, applicationServerKey };
  const subscription = await registration.pushManager.subscribe(options);
  const keys = {
    p256dh: lettersOf(subscription.getKey('p256dh')),
    auth: lettersOf(subscription.getKey('auth')),
  };
  const { endpoint } = subscription;
  await face.subscribePush({ endpoint, keys, language: language.value });
  await lookAtPush();
}

export async function disablePush(): Promise<void> {
  const subscription = await current();
  if (subscription !== null) {
    await face.unsubscribePush(subscription.endpoint);
    await subscription.unsubscribe();
  }
  await lookAtPush();
}

/** A notice was tapped while the application is open: it goes there by itself, without a reload. */
export function watchNotices(go: (path: string) => void): void {
  if (!canPush()) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const isMessage = typeof data === 'object' && data !== null;
    const path: unknown = isMessage ? Reflect.get(data, 'open') : null;
    if (typeof path === 'string' && path.startsWith('/')) go(path);
  });
}
