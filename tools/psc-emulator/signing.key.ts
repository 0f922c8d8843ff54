/**
 * The emulator's RS256 key, kept on disk so that tokens stay valid over restarts, readable by its
 * owner only. It is the emulator's own and signs for the emulator's own origin.
 */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

const ALGORITHM = 'RS256';

export interface TokenSigner {
  readonly jwk: JWK & { readonly kid: string };
  /** Random bytes kept beside the key: they sign the login cookies. */
  readonly cookieKey: string;
  sign(payload: JWTPayload): Promise<string>;
  /** Signs under another key's name: only a forger does. */
  signAs(kid: string, payload: JWTPayload): Promise<string>;
}

interface StoredKeys {
  readonly jwk: JWK & { readonly kid: string };
  readonly cookieKey: string;
}

async function generateKeys(): Promise<StoredKeys> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const cookieKey = randomBytes(32).toString('base64url');
  return { jwk: { ...jwk, kid, alg: ALGORITHM, use: 'sig' }, cookieKey };
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}

async function readKeys(file: string): Promise<StoredKeys | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as StoredKeys;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function createKeys(folder: string, file: string): Promise<StoredKeys> {
  const keys = await generateKeys();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written aside and renamed: a crash in between leaves no half a key.
  await writeFile(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return keys;
}

function signerOf({ jwk, cookieKey }: StoredKeys): TokenSigner {
  const signAs = async (kid: string, payload: JWTPayload): Promise<string> =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
      .sign(await importJWK(jwk, ALGORITHM));
  return { jwk, cookieKey, signAs, sign: (payload) => signAs(jwk.kid, payload) };
}

export async function loadSigner(dataDir: string): Promise<TokenSigner> {
  const folder = join(dataDir, 'psc-emulator');
  const file = join(folder, 'signing-key.json');
  const keys = (await readKeys(file)) ?? (await createKeys(folder, file));
  await chmod(file, 0o600);
  return signerOf(keys);
}

/** A key that nobody published: what a forger has. */
export async function strangerSigner(): Promise<TokenSigner> {
  return signerOf(await generateKeys());
}
