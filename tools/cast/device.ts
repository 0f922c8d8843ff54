/**
 * A fictional person at a device: opens Liaison, signs in through the emulator without a browser,
 * keeps the recovery code. What stories, demo and tests do alike stands here, once.
 */
import type { SessionView } from '@liaison/sdk/face';
import type { Http } from '@liaison/sdk/http';
import { nodeHttp } from '@liaison/sdk/http-node';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import type { Store } from '@liaison/sdk/store/store';
import { loginAt } from '../psc-emulator/headless-login.js';
import type { CeremonyOptions, SoftwarePasskey } from './software-passkey.js';

/** What signs in: the client, and the cookies that it travels with. */
export interface Client {
  readonly liaison: Liaison;
  readonly http: Http;
}

export interface Device extends Client {
  readonly store: Store;
}

/** Which of the twelve words the rehearsal asks for, from 0. */
const REHEARSED = [2, 7];

/** With nobody signed in yet. */
export async function openDevice(
  origin: string,
  store: Store,
  socket: boolean,
  more: Partial<Parameters<typeof openLiaison>[0]> = {},
): Promise<Device> {
  const http = nodeHttp(origin);
  const liaison = await openLiaison({ origin, http, store, socket, ...more });
  return { liaison, http, store };
}

/** From the provider's chooser to the finished session. */
export async function signIn(device: Client, idnps: string): Promise<SessionView> {
  const { authorizeUrl } = await device.liaison.beginSignIn('/');
  return comeBack(device, authorizeUrl, idnps);
}

/** What the browser does between leaving for the provider and being back. */
export async function comeBack(
  device: Client,
  authorizeUrl: string,
  idnps: string,
): Promise<SessionView> {
  const callback = new URL(await loginAt(authorizeUrl, idnps));
  const reply = await device.http({ method: 'GET', path: callback.pathname + callback.search });
  const where = reply.headers['location'] ?? '';
  if (where.includes('signin=')) throw new Error(`The sign-in of ${idnps} led to ${where}.`);
  return device.liaison.finishSignIn();
}

/** Lets this device speak for somebody who has others, by the words of their recovery code. */
export async function linkDevice(
  device: Client,
  idnps: string,
  words: readonly string[],
): Promise<SessionView> {
  const { authorizeUrl } = await device.liaison.beginRecovery(words, '/');
  return comeBack(device, authorizeUrl, idnps);
}

/** Answers an invitation with a new passkey. */
export async function redeem(
  device: Client,
  link: string,
  passkey: SoftwarePasskey,
): Promise<SessionView> {
  const options = (await device.liaison.invitationOptions(link)) as CeremonyOptions;
  return device.liaison.acceptInvitation(link, passkey.create(options));
}

export async function signInByPasskey(
  device: Client,
  passkey: SoftwarePasskey,
): Promise<SessionView> {
  const options = (await device.liaison.passkeyOptions('sign-in')) as CeremonyOptions;
  await device.liaison.passkeyAnswer('sign-in', passkey.get(options));
  return device.liaison.finishSignIn();
}

/** Shows that the printed code was kept. */
export async function rehearse(liaison: Liaison): Promise<void> {
  const words = await liaison.recoveryWords();
  const typed = Object.fromEntries(REHEARSED.map((at) => [at, words[at] ?? '']));
  if (!(await liaison.confirmRecovery(typed))) {
    throw new Error('The rehearsal of the recovery code failed.');
  }
}
