/**
 * The browser's passkey ceremonies. Options come from the SDK and the answer goes back to it; a
 * person who cancels, or a device without one, reads as a passkey that was not accepted.
 */
import type { SessionView } from '@liaison/sdk/face';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { showSession } from '../../state/session.state.js';
import { face } from '../../worker/liaison.client.js';
import { Trouble } from '../../worker/trouble.js';

async function ask<T>(ceremony: () => Promise<T>): Promise<T> {
  try {
    return await ceremony();
  } catch (cause) {
    throw new Trouble('passkey_refused', cause instanceof Error ? cause.name : undefined);
  }
}

/** `options` are the server's, for the person who adds one or who was invited. */
export async function newPasskey(options: unknown): Promise<unknown> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  const { startRegistration } = await import('@simplewebauthn/browser');
  return ask(() => startRegistration({ optionsJSON }));
}

export async function addPasskey(): Promise<SessionView> {
  const view = await face.passkeyAnswer(
    'register',
    await newPasskey(await face.passkeyOptions('register')),
  );
  showSession(view);
  return view;
}

export async function enterWithPasskey(use: 'unlock' | 'sign-in'): Promise<void> {
  const optionsJSON = (await face.passkeyOptions(use)) as PublicKeyCredentialRequestOptionsJSON;
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const answer = await ask(() => startAuthentication({ optionsJSON }));
  showSession(await face.passkeyAnswer(use, answer));
}
