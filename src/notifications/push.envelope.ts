/**
 * Encrypts a message to a browser's own key (RFC 8291, aes128gcm of RFC 8188). The one file of the
 * server that agrees on a key: a fresh one each time, for what the server itself says. It can only
 * seal: nothing here opens anything, and no key of a client's circles ever comes near.
 * See docs/decisions/0014.
 */
import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';

interface PushTarget {
  readonly p256dh: Uint8Array;
  readonly auth: Uint8Array;
}

/** What the standard's own example fixes, and nobody else does. */
interface Chosen {
  readonly own: ECDH;
  readonly salt: Uint8Array;
}

const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const SECRET_BYTES = 32;
const SALT_BYTES = 16;
const RECORD_BYTES = 4096;
/** After the last byte of the last record; zeros may follow. */
const END = 2;

function freshly(): Chosen {
  const own = createECDH('prime256v1');
  own.generateKeys();
  return { own, salt: randomBytes(SALT_BYTES) };
}

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, size: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, size));
}

/** The body of a push request; with `paddedTo`, its length says nothing of the message. */
export function sealedPush(
  message: Uint8Array,
  { p256dh, auth }: PushTarget,
  paddedTo = message.length,
  { own, salt }: Chosen = freshly(),
): Buffer {
  const ours = own.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, ours]);
  const secret = derive(own.computeSecret(p256dh), auth, info, SECRET_BYTES);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), KEY_BYTES);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), NONCE_BYTES);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const padding = Buffer.alloc(Math.max(0, paddedTo - message.length));
  const record = Buffer.concat([message, Buffer.from([END]), padding]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  const head = Buffer.concat([salt, size, Buffer.from([ours.length]), ours]);
  return Buffer.concat([head, cipher.update(record), cipher.final(), cipher.getAuthTag()]);
}
