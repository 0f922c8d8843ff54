/**
 * The verifier's own bytes: canonical text, framed hashes and strict Ed25519, written from
 * docs/protocol.md on Node's built-ins. It must never import the product's code.
 */
import { createHash, createPublicKey, verify as opensslVerify } from 'node:crypto';

export class Refused extends Error {}
export const must = (condition, why) => {
  if (!condition) throw new Refused(why);
};

export const ZERO = Buffer.alloc(32).toString('base64url');
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');

export function bytesOf(text) {
  const bytes = Buffer.from(text, 'base64url');
  must(b64(bytes) === text, 'not the one base64url text of its bytes');
  return bytes;
}

export const u32 = (n) => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n);
  return out;
};
export const u64 = (n) => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(n));
  return out;
};

export function canonical(value, depth = 0) {
  must(depth <= 16, 'nested too deep');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    must(Number.isSafeInteger(value) && !Object.is(value, -0), 'not a safe integer');
    return String(value);
  }
  if (typeof value === 'string') {
    must(Buffer.from(value, 'utf8').toString('utf8') === value, 'a lone surrogate');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((v) => canonical(v, depth + 1)).join(',')}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((k) => `${canonical(k)}:${canonical(value[k], depth + 1)}`).join(',')}}`;
}

export function parse(text) {
  const value = JSON.parse(text);
  must(canonical(value) === text, 'text is not canonical');
  return value;
}

export const framed = (domain, ...parts) =>
  Buffer.concat(
    [`liaison/1/${domain}`, ...parts].flatMap((part) => {
      const bytes = Buffer.from(part);
      return [u32(bytes.length), bytes];
    }),
  );

export const hash = (domain, ...parts) =>
  b64(
    createHash('blake2b512')
      .update(framed(domain, ...parts))
      .digest()
      .subarray(0, 32),
  );

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const little = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const ORDER_8 = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
const ORDER_8_NEGATIVE = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a';
const SMALL = new Set(
  [0n, 1n, P - 1n].concat(
    [ORDER_8, ORDER_8_NEGATIVE].map((hex) => little(Buffer.from(hex, 'hex'))),
  ),
);

function strictPoint(bytes) {
  const y = little(bytes) & (2n ** 255n - 1n);
  return bytes.length === 32 && y < P && !SMALL.has(y);
}

export function signed(key, message, signature) {
  if (signature.length !== 64 || !strictPoint(key)) return false;
  if (!strictPoint(signature.subarray(0, 32)) || little(signature.subarray(32)) >= L) return false;
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return opensslVerify(null, message, publicKey, signature);
}

export const holds = (domain, key, origin, text, signature) =>
  signed(bytesOf(key), framed(domain, origin, text), bytesOf(signature));

/** Opens the bodies for which the export carries keys. Returns how many opened. */
export function openBodies(sodium, items, keys) {
  let opened = 0;
  for (const { text, body } of items) {
    const h = parse(text);
    const secret = keys.find((key) => key.epoch === h.epoch)?.secret;
    if (body === null || secret === undefined) continue;
    const contentKey = sodium.crypto_generichash(32, framed('epoch-content'), bytesOf(secret));
    const sealed = bytesOf(body);
    const data = framed(
      'body-context',
      bytesOf(h.circle),
      u64(h.epoch),
      h.kind,
      u64(h.kv),
      h.id,
      bytesOf(h.author),
      bytesOf(h.device),
    );
    const padded = Buffer.from(
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        null,
        sealed.subarray(24),
        data,
        sealed.subarray(0, 24),
        contentKey,
      ),
    );
    const length = padded.readUInt32BE(0);
    must(
      padded.subarray(4 + length).every((byte) => byte === 0),
      'padding',
    );
    JSON.parse(padded.subarray(4, 4 + length).toString('utf8'));
    opened += 1;
  }
  return opened;
}
