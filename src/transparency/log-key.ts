/**
 * The server's one signing key, kept in a file outside the database. It signs receipts, checkpoints
 * and the operator's attestations: facts only. It never gives a right and opens nothing.
 */
import { type KeyObject, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toBase64Url } from '@liaison/contract/bytes';
import type { Signature, SigningKey } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';

/** Length of what stands before an Ed25519 key in a SubjectPublicKeyInfo. */
const SPKI_PREFIX_BYTES = 12;

function readKey(file: string): KeyObject {
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new Error('LOG_KEY_FILE must hold an Ed25519 private key (PEM, PKCS #8).');
}

@Injectable()
export class LogKey {
  private readonly key: KeyObject;
  readonly publicKey: Uint8Array;

  constructor(config: Config) {
    this.key = readKey(config.logKeyFile);
    const spki = createPublicKey(this.key).export({ format: 'der', type: 'spki' });
    this.publicKey = Uint8Array.from(spki.subarray(SPKI_PREFIX_BYTES));
  }

  /** The public half in its text form. */
  get signingKey(): SigningKey {
    return toBase64Url(this.publicKey) as SigningKey;
  }

  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.key);
  }

  /** The same on another thread, for the many receipts of the append path. */
  signAside(bytes: Uint8Array): Promise<Signature> {
    return new Promise((resolve, reject) => {
      sign(null, bytes, this.key, (error, signature) =>
        error === null ? resolve(toBase64Url(signature) as Signature) : reject(error),
      );
    });
  }
}
