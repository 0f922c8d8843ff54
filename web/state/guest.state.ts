/**
 * Whoever came by the link of an invitation: its token waits in this tab, through sign-in and the
 * set-up of the device, until there is somebody to say that they are here. It leaves the address at
 * once, because addresses end up in histories.
 */
import type { GuestToken } from '@liaison/contract/guest';
import { face } from '../worker/liaison.client.js';

const KEPT = 'liaison.guest';

const WELCOME_PATH = '/bienvenue';

/** Written out, as the first screen has no schemas: the server parses what it is given. */
const TOKEN = /^#?([\w-]{43})$/;

const tokenIn = (text: string): GuestToken | null =>
  (TOKEN.exec(text)?.[1] ?? null) as GuestToken | null;

export function keepGuestToken(): void {
  if (location.pathname !== WELCOME_PATH) return;
  const token = tokenIn(location.hash);
  if (token === null) return;
  sessionStorage.setItem(KEPT, token);
  history.replaceState(history.state, '', WELCOME_PATH);
}

export const guestToken = (): GuestToken | null => tokenIn(sessionStorage.getItem(KEPT) ?? '');

/** Kept until the server has taken it: a network that is away costs nothing. */
export async function sayArrived(token: GuestToken): Promise<void> {
  await face.arriveAsGuest(token);
  sessionStorage.removeItem(KEPT);
}
