/**
 * Who is signed in and what this device still needs. The way to the provider and back leaves a
 * mark for this tab only, so that the return is told from an ordinary opening of the app.
 */
import type { SessionView } from '@liaison/sdk/face';
import { computed, signal } from '@preact/signals';
import { face } from '../worker/liaison.client.js';
import { type Live, live, valueOf } from './loaded.state.js';

const MARK = 'liaison.signing-in';

async function readSession(): Promise<SessionView> {
  if (sessionStorage.getItem(MARK) === null) return face.session();
  sessionStorage.removeItem(MARK);
  return face.finishSignIn();
}

let current: Live<SessionView> | null = null;

export function session(): Live<SessionView> {
  current ??= live(readSession, (change) => change.what === 'session');
  return current;
}

export const signedIn = computed(() => valueOf(session().signal.value));

/** How a device was left for good, told on the way-in screen: nobody is signed in by then. */
export const farewell = signal<'forgotten' | 'notEnded' | null>(null);

export function showSession(view: SessionView): void {
  session().signal.value = { state: 'ready', value: view };
}

/** Leaves the app for the provider's page. */
export function leaveFor(authorizeUrl: string): void {
  sessionStorage.setItem(MARK, '1');
  location.assign(authorizeUrl);
}

export async function signIn(): Promise<void> {
  const { authorizeUrl } = await face.beginSignIn(location.pathname);
  leaveFor(authorizeUrl);
}

/** To the provider once more, to go on under the name or number that it gives now. */
export async function goOn(): Promise<void> {
  const { authorizeUrl } = await face.beginContinuity(location.pathname);
  leaveFor(authorizeUrl);
}

/** People with several activities choose one before anything else. */
export function mustChooseRole(view: SessionView): boolean {
  return view.state !== 'signed-out' && view.roles.length > 1 && view.role === null;
}
