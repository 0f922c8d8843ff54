/**
 * What an Ed25519 key and signature must look like before anybody computes with them
 * (docs/protocol.md, "Strict Ed25519"). Written apart from the server's: vectors hold both
 * together.
 */
import { sameBytes } from '@liaison/contract/bytes';

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PRIME = 2n ** 255n - 19n;

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** y of the two points of order 8 whose y is the smaller; the others are its negations. */
const ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303021608n;

const ORDER_BYTES = bytesOf(ORDER);
const PRIME_BYTES = bytesOf(PRIME);
const SMALL_ORDER_Y = [0n, 1n, PRIME - 1n, ORDER_8_Y, PRIME - ORDER_8_Y].map(bytesOf);

/** Whether a little-endian number is below another of the same length. */
function below(value: Uint8Array, bound: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (value[i] ?? 0) - (bound[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** y reduced, and not one of the eight points whose order divides 8. */
export function isStrictPoint(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = Uint8Array.from(bytes);
  y[31] = (y[31] ?? 0) & 0x7f;
  return below(y, PRIME_BYTES) && !SMALL_ORDER_Y.some((small) => sameBytes(small, y));
}

/** R strict, S below the group's order. */
export function isStrictSignature(bytes: Uint8Array): boolean {
  if (bytes.length !== 64) return false;
  return isStrictPoint(bytes.subarray(0, 32)) && below(bytes.subarray(32), ORDER_BYTES);
}
