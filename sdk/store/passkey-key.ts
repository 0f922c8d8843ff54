/**
 * What a passkey gives beside its signature: 32 secret bytes for an input of ours (WebAuthn's PRF),
 * the same each time, and from them the key that closes a store. The bytes are secret: the page
 * turns them into a key that cannot be read, forgets them, and tells nobody, least of all a server.
 */
import { freshNonce } from './row-seal.js';

/** What the bytes are for: each use asks the authenticator for others. */
export type PasskeyUseOfSecret = 'store' | 'post';

const SALT_BYTES = 32;
const AES = { name: 'AES-GCM', length: 256 } as const;
const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);

export const freshSalt = (): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(SALT_BYTES));

/** The input that the authenticator is given; a browser adds its own domain in front. */
export function passkeyInput(
  use: PasskeyUseOfSecret,
  salt: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const domain = text(`liaison passkey ${use} 1\n`);
  const input = new Uint8Array(domain.length + salt.length);
  input.set(domain);
  input.set(salt, domain.length);
  return input;
}

/** Takes the authenticator's bytes, gives a key that nobody can read, and blanks them. */
export async function passkeySecret(output: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', output, 'HKDF', false, ['deriveKey']);
  output.fill(0);
  return secret;
}

/** To which store a passkey's key belongs: another origin or passkey derives another. */
export interface KeyPlace {
  readonly origin: string;
  /** The passkey's credential id, as WebAuthn's JSON writes it. */
  readonly credential: string;
  readonly salt: Uint8Array<ArrayBuffer>;
}

function closingKey(secret: CryptoKey, { origin, credential, salt }: KeyPlace): Promise<CryptoKey> {
  const info = text(`liaison store key 1\n${origin}\n${credential}`);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return crypto.subtle.deriveKey(derivation, secret, AES, false, ['wrapKey', 'unwrapKey']);
}

export interface ClosedKey {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** `key` must be extractable; whoever made it forgets that handle at once. */
export async function closeKey(
  key: CryptoKey,
  secret: CryptoKey,
  place: KeyPlace,
): Promise<ClosedKey> {
  const iv = freshNonce();
  const under = await closingKey(secret, place);
  return { nonce: iv, sealed: await crypto.subtle.wrapKey('raw', key, under, { ...AES, iv }) };
}

/** The rows' key, from then on beyond anybody's reading; null: this is another passkey's secret. */
export async function openKey(
  { nonce: iv, sealed }: ClosedKey,
  secret: CryptoKey,
  place: KeyPlace,
): Promise<CryptoKey | null> {
  const under = await closingKey(secret, place);
  try {
    const how = { ...AES, iv };
    const uses: KeyUsage[] = ['encrypt', 'decrypt'];
    return await crypto.subtle.unwrapKey('raw', sealed, under, how, AES, false, uses);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}
