/**
 * Chance, in one place and injectable: the simulator replays it. Nothing here may be called for a
 * public value that must be recomputable by others.
 */
import { toBase64Url, toHex } from '@liaison/contract/bytes';
import { EntryId, type Hash } from '@liaison/contract/ids';
import { entropy } from './entropy.js';

export type RandomBytes = (size: number) => Uint8Array;

export const randomBytes: RandomBytes = entropy;

export function random32(random: RandomBytes = randomBytes): Uint8Array {
  return random(32);
}

/** 32 random bytes in the text form of a hash: salts and nonces' random part. */
export function randomText(random: RandomBytes = randomBytes): Hash {
  return toBase64Url(random32(random)) as Hash;
}

const COUNTER_END = 0x1000;

/**
 * UUIDv7 in strictly growing order, whatever the clock does: within one millisecond, or after the
 * clock went back, the 12 bits after the time count on.
 */
export function entryIds(clock: () => number, random: RandomBytes = randomBytes): () => EntryId {
  let last = -1;
  let counter = 0;
  return () => {
    const bytes = random(10);
    const now = clock();
    if (now > last) {
      last = now;
      counter = (((bytes[8] ?? 0) << 8) | (bytes[9] ?? 0)) & 0x7ff;
    } else if (++counter === COUNTER_END) {
      last += 1;
      counter = 0;
    }
    return uuid7(last, counter, bytes.subarray(0, 8));
  };
}

function uuid7(time: number, counter: number, tail: Uint8Array): EntryId {
  const end = Uint8Array.from(tail);
  end[0] = ((end[0] ?? 0) & 0x3f) | 0x80;
  const head = time.toString(16).padStart(12, '0');
  const digits = `${head}7${counter.toString(16).padStart(3, '0')}${toHex(end)}`;
  const at = [0, 8, 12, 16, 20, 32];
  const groups = at.slice(1).map((stop, i) => digits.slice(at[i], stop));
  return EntryId.parse(groups.join('-'));
}

/** From 0 to 1, for pauses: so that clients who stopped together do not come back together. */
export function chance(): number {
  return (randomBytes(1)[0] ?? 0) / 255;
}
