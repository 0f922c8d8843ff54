/**
 * What two devices that link show each other (docs/protocol.md, "Linking"): the commitment, the
 * digits that people compare, and the proof that the card was read by a camera.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { Hash, Origin } from '@liaison/contract/ids';
import {
  type LinkAnswer,
  type LinkAsk,
  type LinkCode,
  linkCodeOf,
  newLinkSecret,
} from '@liaison/contract/link';
import { linkCommitted, linkCompared } from '@liaison/contract/signing';
import { utf8 } from '@liaison/contract/bytes';
import { derive } from './derive.js';
import { hash, hashBytes } from './hash.js';
import { type RandomBytes, random32, randomBytes } from './random.js';

/** About twenty bits: one chance in a million for whoever stands between, and one try. */
const DIGITS = 6;
const GROUP = 3;
/** As many bytes as a safe integer holds: what is left of them by the modulo favours nobody. */
const NUMBER_BYTES = 6;
const CODE_BYTES = 32;

/** A code is drawn again in the rare case that too few bytes fall within its alphabet. */
export function newLinkCode(random: RandomBytes = randomBytes): LinkCode {
  return linkCodeOf(random(CODE_BYTES)) ?? newLinkCode(random);
}

export function freshLinkSecret(random: RandomBytes = randomBytes): string {
  return newLinkSecret(random32(random));
}

export function linkCommitment(
  origin: Origin,
  keys: Omit<LinkAsk, 'commitment'>,
  random: Hash,
): Hash {
  return hash(linkCommitted(origin, keys, random));
}

/** Six digits in two groups, as both screens show them. */
export function linkDigits(commitment: Hash, answer: LinkAnswer, reveal: Hash): string {
  const bytes = hashBytes(linkCompared(commitment, answer, reveal)).subarray(0, NUMBER_BYTES);
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const digits = String(number % 10 ** DIGITS).padStart(DIGITS, '0');
  return `${digits.slice(0, GROUP)} ${digits.slice(GROUP)}`;
}

/** Only who read the card's secret makes this of an answer. */
export function linkMac(secret: string, commitment: Hash, text: string, random: Hash): Hash {
  const parts = [fromBase64Url(commitment), utf8(text), fromBase64Url(random)];
  return toBase64Url(derive(fromBase64Url(secret), 'liaison/1/link-mac', parts)) as Hash;
}
