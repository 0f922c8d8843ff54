/**
 * A passkey made of software: what a browser and its authenticator would answer, with `none`
 * attestation and ES256, so that programs and tests go through the server's real verification. A
 * ceremony can be bent (another origin, another challenge, no user verification) to see it refused.
 * Its secret lies in the clear: it must never stand for anybody but a fictional person.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { z } from 'zod';

export interface CeremonyOptions {
  readonly challenge: string;
}

/** What is different from an honest ceremony. */
export interface Bent {
  readonly origin?: string;
  readonly challenge?: string;
  readonly userVerified?: boolean;
  /** Sends a counter that was used before, as a cloned authenticator would. */
  readonly counter?: number;
}

/** A passkey written down, so that a fictional person signs in again after a restart. */
export const KeptPasskey = z.strictObject({
  origin: z.string(),
  id: z.base64url(),
  key: z.string(),
  counter: z.int(),
  userHandle: z.string().nullable(),
});
export type KeptPasskey = z.infer<typeof KeptPasskey>;

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** Just enough CBOR (RFC 8949) for an attestation object and a COSE key. */
type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const members = [...value].flatMap(([key, member]) => [cbor(key), cbor(member)]);
  return Buffer.concat([head(5, value.size), ...members]);
}

function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return cbor(
    new Map<number, Cbor>([
      [1, 2], // kty: EC2
      [3, -7], // alg: ES256
      [-1, 1], // crv: P-256
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

export class SoftwarePasskey {
  readonly #key: KeyObject;
  readonly #id: Uint8Array;
  #counter: number;
  #userHandle: string | undefined;

  constructor(
    readonly origin: string,
    kept: KeptPasskey | null = null,
  ) {
    this.#key = kept === null ? newKey() : createPrivateKey(kept.key);
    this.#id = kept === null ? randomBytes(32) : Buffer.from(kept.id, 'base64url');
    this.#counter = kept?.counter ?? 0;
    this.#userHandle = kept?.userHandle ?? undefined;
  }

  /** What is needed to go on with it later. */
  kept(): KeptPasskey {
    const key = this.#key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const userHandle = this.#userHandle ?? null;
    return { origin: this.origin, id: this.id, key, counter: this.#counter, userHandle };
  }

  get id(): string {
    return b64(this.#id);
  }

  /** The answer to `navigator.credentials.create`. */
  create(options: CeremonyOptions, bent: Bent = {}) {
    const user: unknown = Reflect.get(options, 'user');
    if (typeof user === 'object' && user !== null) {
      this.#userHandle = String(Reflect.get(user, 'id'));
    }
    const length = Buffer.from([this.#id.length >> 8, this.#id.length & 0xff]);
    const attested = Buffer.concat([
      Buffer.alloc(16),
      length,
      this.#id,
      coseKey(createPublicKey(this.#key)),
    ]);
    const attestationObject = cbor(
      new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', this.#authenticatorData(bent, attested)],
      ]),
    );
    const clientDataJSON = b64(this.#clientData('webauthn.create', options, bent));
    return this.#answer({
      clientDataJSON,
      attestationObject: b64(attestationObject),
      transports: ['internal'],
    });
  }

  /** The answer to `navigator.credentials.get`. */
  get(options: CeremonyOptions, bent: Bent = {}) {
    const authenticatorData = this.#authenticatorData(bent);
    const clientData = this.#clientData('webauthn.get', options, bent);
    const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
    return this.#answer({
      clientDataJSON: b64(clientData),
      authenticatorData: b64(authenticatorData),
      signature: b64(sign('sha256', signed, this.#key)),
      userHandle: this.#userHandle,
    });
  }

  #answer<R extends object>(response: R) {
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key' as const,
      authenticatorAttachment: 'platform' as const,
      clientExtensionResults: {},
      response,
    };
  }

  #clientData(type: string, options: CeremonyOptions, bent: Bent): Buffer {
    const challenge = bent.challenge ?? options.challenge;
    const origin = bent.origin ?? this.origin;
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #authenticatorData(bent: Bent, attested: Uint8Array = new Uint8Array()): Buffer {
    this.#counter += 1;
    const verified = bent.userVerified === false ? 0 : FLAG.verified;
    const flags = FLAG.present | verified | (attested.length > 0 ? FLAG.attested : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(bent.counter ?? this.#counter);
    const rpIdHash = sha256(new URL(this.origin).hostname);
    return Buffer.concat([rpIdHash, Buffer.from([flags]), counter, attested]);
  }
}
