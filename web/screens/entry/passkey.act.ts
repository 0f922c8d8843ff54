/**
 * The browser's passkey ceremonies. Options come from the SDK and the answer goes back to it; a
 * person who cancels, or a device without one, reads as a passkey that was not accepted. Beside its
 * signature a passkey can give secret bytes (passkey-key.ts): they must never be in an answer.
 */
import type { PasskeyGift } from '@liaison/sdk/face.latch';
import type { SessionView } from '@liaison/sdk/face';
import {
  freshSalt,
  passkeyInput,
  passkeySecret,
  type PasskeyUseOfSecret,
} from '@liaison/sdk/store/passkey-key';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { showSession } from '../../state/session.state.js';
import { face } from '../../worker/liaison.client.js';
import { Trouble, type TroubleCode } from '../../worker/trouble.js';

/** What is asked beside the signature: secret bytes for this salt. */
interface Wish {
  readonly use: PasskeyUseOfSecret;
  readonly salt: Uint8Array<ArrayBuffer>;
}

interface Given<A> {
  /** What a server may see. */
  readonly answer: A;
  readonly credential: string;
  /** Null where the passkey gives none. */
  readonly secret: CryptoKey | null;
}

type Answer = RegistrationResponseJSON | AuthenticationResponseJSON;

async function ask<T>(
  ceremony: () => Promise<T>,
  otherwise: TroubleCode = 'passkey_refused',
): Promise<T> {
  try {
    return await ceremony();
  } catch (cause) {
    throw new Trouble(otherwise, cause instanceof Error ? cause.name : undefined);
  }
}

/** Without a wish a new passkey is only made able to give secrets later. */
const inputs = (wish: Wish | null) =>
  wish === null ? { prf: {} } : { prf: { eval: { first: passkeyInput(wish.use, wish.salt) } } };

/** Parts the secret from what travels: of all extensions, only `credProps` is for a server. */
async function part<A extends Answer>(given: A): Promise<Given<A>> {
  const { prf, credProps } = given.clientExtensionResults as {
    prf?: { results?: { first?: ArrayBuffer } };
    credProps?: { rk?: boolean };
  };
  const first = prf?.results?.first;
  const secret = first === undefined ? null : await passkeySecret(new Uint8Array(first));
  const clientExtensionResults = credProps === undefined ? {} : { credProps };
  return { answer: { ...given, clientExtensionResults }, credential: given.id, secret };
}

async function make(options: unknown, wish: Wish | null): Promise<Given<RegistrationResponseJSON>> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  const { startRegistration } = await import('@simplewebauthn/browser');
  const extensions = { ...optionsJSON.extensions, ...inputs(wish) };
  const asked = { ...optionsJSON, extensions } as PublicKeyCredentialCreationOptionsJSON;
  return part(await ask(() => startRegistration({ optionsJSON: asked })));
}

async function use(
  options: PublicKeyCredentialRequestOptionsJSON,
  wish: Wish | null,
  otherwise?: TroubleCode,
): Promise<Given<AuthenticationResponseJSON>> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const extensions = { ...options.extensions, ...(wish === null ? {} : inputs(wish)) };
  const optionsJSON = { ...options, extensions } as PublicKeyCredentialRequestOptionsJSON;
  return part(await ask(() => startAuthentication({ optionsJSON }), otherwise));
}

/** `options` are the server's. Each passkey is made so that it may shut a device one day. */
export async function newPasskey(options: unknown): Promise<unknown> {
  return (await make(options, null)).answer;
}

export async function addPasskey(): Promise<SessionView> {
  const view = await face.passkeyAnswer(
    'register',
    await newPasskey(await face.passkeyOptions('register')),
  );
  showSession(view);
  return view;
}

export async function enterWithPasskey(as: 'unlock' | 'sign-in'): Promise<void> {
  const options = (await face.passkeyOptions(as)) as PublicKeyCredentialRequestOptionsJSON;
  const { answer } = await use(options, null);
  showSession(await face.passkeyAnswer(as, answer));
}

/** No server is asked: whoever has the passkey opens what is kept here, offline too. */
function ownOptions(
  credential: string,
  known: PublicKeyCredentialRequestOptionsJSON['allowCredentials'] = [],
): PublicKeyCredentialRequestOptionsJSON {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const named = known.find(({ id }) => id === credential) ?? {
    id: credential,
    type: 'public-key' as const,
  };
  const text = btoa(String.fromCharCode(...challenge));
  return {
    challenge: text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    allowCredentials: [named],
    userVerification: 'required',
  };
}

/** One gesture: the passkey that shuts this device opens it, and the session where it is locked. */
export async function openWithPasskey(isLocked: boolean): Promise<void> {
  const { passkey } = await face.latch();
  if (passkey === null) return enterWithPasskey('unlock');
  const { credential, salt } = passkey;
  const options = isLocked
    ? ((await face.passkeyOptions('unlock')) as PublicKeyCredentialRequestOptionsJSON)
    : ownOptions(credential);
  const allowCredentials = ownOptions(credential, options.allowCredentials).allowCredentials ?? [];
  const wish: Wish = { use: 'store', salt };
  const asked = { ...options, allowCredentials };
  const { answer, secret } = await use(asked, wish, 'passkey-other');
  if (secret === null) throw new Trouble('passkey-plain');
  if (isLocked) await face.passkeyAnswer('unlock', answer);
  showSession(await face.openLatch(secret));
}

/** From now on a passkey is asked each time; who has none makes one with the same gesture. */
export async function fitPasskey(hasPasskey: boolean): Promise<void> {
  const salt = freshSalt();
  const wish: Wish = { use: 'store', salt };
  const { credential, secret } = hasPasskey ? await known(wish) : await made(wish);
  if (secret === null) throw new Trouble('passkey-plain');
  const gift: PasskeyGift = { credential, salt, secret };
  await face.fitLatch(gift);
}

async function known(wish: Wish): Promise<Given<AuthenticationResponseJSON>> {
  return use((await face.passkeyOptions('unlock')) as PublicKeyCredentialRequestOptionsJSON, wish);
}

/** Some authenticators give the secret only at the second gesture. */
async function made(wish: Wish): Promise<Given<Answer>> {
  const given = await make(await face.passkeyOptions('register'), wish);
  showSession(await face.passkeyAnswer('register', given.answer));
  if (given.secret !== null) return given;
  return use(ownOptions(given.credential), wish);
}
