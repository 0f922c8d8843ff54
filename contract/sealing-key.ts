/**
 * Whether an X-Wing public key can be sealed to. A key that cannot would stop everybody from
 * opening an epoch with its owner in it, so it may enter no log (docs/protocol.md, "Sealing").
 */
import { fromBase64Url, toHex } from './bytes.js';
import type { SealingKey } from './ids.js';

/** ML-KEM-768: 768 coefficients of 12 bits below q, then 32 bytes; then an X25519 point. */
const Q = 3329;
const COEFFICIENT_BYTES = 1152;
const MLKEM_BYTES = 1184;
const KEY_BYTES = 1216;

/** X25519 points of small order, top bit cleared (RFC 7748, section 6.1). */
const SMALL_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]);

function coefficientsAreReduced(key: Uint8Array): boolean {
  for (let i = 0; i < COEFFICIENT_BYTES; i += 3) {
    const [a, b, c] = [key[i] ?? 0, key[i + 1] ?? 0, key[i + 2] ?? 0];
    if ((a | ((b & 0x0f) << 8)) >= Q || ((b >> 4) | (c << 4)) >= Q) return false;
  }
  return true;
}

export function canBeSealedTo(key: SealingKey): boolean {
  const bytes = fromBase64Url(key);
  if (bytes.length !== KEY_BYTES || !coefficientsAreReduced(bytes)) return false;
  const point = Uint8Array.from(bytes.subarray(MLKEM_BYTES));
  point[31] = (point[31] ?? 0) & 0x7f;
  return !SMALL_ORDER.has(toHex(point));
}
