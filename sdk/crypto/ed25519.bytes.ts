/**
 * What an Ed25519 key and signature must look like before anybody computes with them
 * (docs/protocol.md, "Strict Ed25519"). Written apart from the server's: vectors hold both
 * together.
 */
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

/** All bits of a number's last byte, and those without the sign that a point has there. */
const WHOLE = 0xff;
const UNSIGNED = 0x7f;

/**
 * How the 32 bytes from a place on compare with a number, little-endian: below zero, zero, above.
 * In place, since every signature passes here and views of few bytes are dear.
 */
function compared(bytes: Uint8Array, from: number, top: number, bound: Uint8Array): number {
  for (let i = 31; i >= 0; i--) {
    const mask = i === 31 ? top : WHOLE;
    const difference = ((bytes[from + i] ?? 0) & mask) - (bound[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** y reduced, and not one of the eight points whose order divides 8. */
function isPointAt(bytes: Uint8Array, from: number): boolean {
  if (compared(bytes, from, UNSIGNED, PRIME_BYTES) >= 0) return false;
  return SMALL_ORDER_Y.every((small) => compared(bytes, from, UNSIGNED, small) !== 0);
}

export function isStrictPoint(bytes: Uint8Array): boolean {
  return bytes.length === 32 && isPointAt(bytes, 0);
}

/** R strict, S below the group's order. */
export function isStrictSignature(bytes: Uint8Array): boolean {
  if (bytes.length !== 64) return false;
  return isPointAt(bytes, 0) && compared(bytes, 32, WHOLE, ORDER_BYTES) < 0;
}
