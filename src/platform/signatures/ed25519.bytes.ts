/**
 * What an Ed25519 key or signature must look like before anybody computes with it. OpenSSL accepts
 * forgeries under keys of small order, so these bytes are looked at first (docs/protocol.md,
 * "Strict Ed25519"). Pure: it must never decide that a signature is right.
 */
const POINT_BYTES = 32;
const SIGNATURE_BYTES = 64;
const SIGN_BIT = 0x80;

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The field's prime, 2^255 − 19, and the group's order, little-endian. */
const PRIME = fromHex(`ed${'ff'.repeat(30)}7f`);
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** y of every point whose order divides 8, sign bit cleared: 0, 1, −1 and the two of order 8. */
const SMALL_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
]);

/** Compares two little-endian numbers of equal length. */
function isBelow(value: Uint8Array, bound: Uint8Array): boolean {
  for (let i = value.length - 1; i >= 0; i--) {
    const difference = (value[i] ?? 0) - (bound[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Whether 32 bytes encode a point in its one form, outside the small subgroup. */
export function isStrictPoint(bytes: Uint8Array): boolean {
  if (bytes.length !== POINT_BYTES) return false;
  const y = Uint8Array.from(bytes);
  y[POINT_BYTES - 1] = (y[POINT_BYTES - 1] ?? 0) & ~SIGN_BIT;
  return isBelow(y, PRIME) && !SMALL_ORDER.has(Buffer.from(y).toString('hex'));
}

/** Whether 64 bytes are a strict R and an S below the group's order. */
export function isStrictSignature(bytes: Uint8Array): boolean {
  if (bytes.length !== SIGNATURE_BYTES) return false;
  return (
    isStrictPoint(bytes.subarray(0, POINT_BYTES)) && isBelow(bytes.subarray(POINT_BYTES), ORDER)
  );
}
