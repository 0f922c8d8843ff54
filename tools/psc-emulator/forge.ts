/**
 * Tokens that a provider must never issue, for attack tests: another nonce, audience, issuer, date
 * or key. It works only on the emulator's own tokens, whose issuer is the emulator's origin.
 */
import { decodeJwt, type JWTPayload } from 'jose';
import { strangerSigner, type TokenSigner } from './signing.key.js';

export interface Forgery {
  /** Claims to replace; `undefined` takes a claim away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `stranger`: a key that was never published; `impostor`: the same, under the real kid. */
  readonly key?: 'own' | 'stranger' | 'impostor';
}

async function signerFor(kind: Forgery['key'], own: TokenSigner): Promise<TokenSigner> {
  if (kind === undefined || kind === 'own') return own;
  const stranger = await strangerSigner();
  if (kind === 'stranger') return stranger;
  return { ...stranger, sign: (payload) => stranger.signAs(own.jwk.kid, payload) };
}

function alter(payload: JWTPayload, claims: Readonly<Record<string, unknown>>): JWTPayload {
  const altered = Object.entries({ ...payload, ...claims });
  return Object.fromEntries(altered.filter(([, value]) => value !== undefined));
}

export async function forgeIdToken(
  idToken: string,
  forgery: Forgery,
  own: TokenSigner,
): Promise<string> {
  const signer = await signerFor(forgery.key, own);
  return signer.sign(alter(decodeJwt(idToken), forgery.claims ?? {}));
}
