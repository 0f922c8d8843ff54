/**
 * Padmé padding with a floor: a sealed body tells its size to about one part in ten, and short
 * bodies of all kinds share one size (docs/protocol.md, "Bodies").
 */
import { u32 } from '@liaison/contract/bytes';
import { LIMITS } from '@liaison/contract/limits';

const LENGTH_BYTES = 4;

/** The padded size of `size` bytes (Padmé: only the top bits of the length stay free). */
export function padme(size: number): number {
  const floor = LIMITS.bodyFloorBytes.value;
  if (size <= floor) return floor;
  const exponent = Math.floor(Math.log2(size));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(size / step) * step;
}

/** Length (u32), content, zeros. */
export function pad(content: Uint8Array): Uint8Array {
  const out = new Uint8Array(padme(LENGTH_BYTES + content.length));
  out.set(u32(content.length));
  out.set(content, LENGTH_BYTES);
  return out;
}

/** The content, or null when the padding is not the one that `pad` makes. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  if (padded.length < LENGTH_BYTES) return null;
  const length = new DataView(padded.buffer, padded.byteOffset, LENGTH_BYTES).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (padme(end) !== padded.length) return null;
  // A plain loop: a call for each byte would cost more than opening the body did.
  for (let at = end; at < padded.length; at++) if (padded[at] !== 0) return null;
  return padded.slice(LENGTH_BYTES, end);
}
