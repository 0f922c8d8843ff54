/**
 * The recovery code: 12 French BIP39 words that carry 128 bits and a checksum, and the key pairs
 * they give. Typed words are forgiven accents, case and spaces; a wrong one is named by position.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import type { PersonId } from '@liaison/contract/ids';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/french.js';
import { orNull } from './aead.js';
import { derive } from './derive.js';
import { type RandomBytes, randomBytes } from './random.js';
import { type SealingPair, sealingPairFromSeed } from './sealing.js';
import { type SigningPair, signingPairFromSeed } from './signing.js';

export const RECOVERY_WORDS = 12;
const ENTROPY_BYTES = 16;
/** The French list keeps words apart by their first four letters. */
const PREFIX_LETTERS = 4;

export interface RecoveryKeys {
  readonly signing: SigningPair;
  readonly sealing: SealingPair;
}

export type TypedWords =
  | { readonly ok: true; readonly entropy: Uint8Array }
  | { readonly ok: false; readonly why: 'count'; readonly found: number }
  /** `positions` count from 1, as people do. */
  | { readonly ok: false; readonly why: 'unknown-word'; readonly positions: readonly number[] }
  | { readonly ok: false; readonly why: 'checksum' };

export function newRecoveryEntropy(random: RandomBytes = randomBytes): Uint8Array {
  return random(ENTROPY_BYTES);
}

/** As shown and printed: composed accents, whatever form the list is kept in. */
export function recoveryWords(entropy: Uint8Array): string[] {
  return entropyToMnemonic(entropy, wordlist)
    .split(/\s+/)
    .map((word) => word.normalize('NFC'));
}

function plain(word: string): string {
  const letters = word.normalize('NFKD').toLowerCase().replace(/œ/g, 'oe');
  return letters.replace(/[^a-z]/g, '');
}

const BY_PLAIN = new Map(wordlist.map((word) => [plain(word), word]));
const BY_PREFIX = new Map(wordlist.map((word) => [plain(word).slice(0, PREFIX_LETTERS), word]));

/** The word meant: in full, or by its first four letters. */
function meant(typed: string): string | undefined {
  const letters = plain(typed);
  return (
    BY_PLAIN.get(letters) ??
    (letters.length === PREFIX_LETTERS ? BY_PREFIX.get(letters) : undefined)
  );
}

/** Whether two words are the same to whoever types: for the rehearsal of the printed code. */
export function isSameWord(typed: string, word: string): boolean {
  return meant(typed) === meant(word) && meant(word) !== undefined;
}

/** Reads typed words, one text or a list. */
export function readRecoveryWords(typed: string | readonly string[]): TypedWords {
  const text = typeof typed === 'string' ? typed : typed.join(' ');
  const words = text.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
  if (words.length !== RECOVERY_WORDS) return { ok: false, why: 'count', found: words.length };
  const found = words.map(meant);
  const positions = found.flatMap((word, i) => (word === undefined ? [i + 1] : []));
  if (positions.length > 0) return { ok: false, why: 'unknown-word', positions };
  const entropy = orNull(() => mnemonicToEntropy(found.join(' '), wordlist));
  return entropy === null ? { ok: false, why: 'checksum' } : { ok: true, entropy };
}

/** Bound to the person, so that one guess cannot be tried against everybody's recovery key. */
export function recoveryKeys(entropy: Uint8Array, person: PersonId): RecoveryKeys {
  const owner = [fromBase64Url(person)];
  return {
    signing: signingPairFromSeed(derive(entropy, 'liaison/1/recovery-signing', owner)),
    sealing: sealingPairFromSeed(derive(entropy, 'liaison/1/recovery-sealing', owner)),
  };
}
