/**
 * Bytes and their one text form on the wire (base64url without padding).
 * Pure functions for server and client alike; this file must never hash, sign or seal.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LETTERS = Array.from(ALPHABET);
/**
 * No letter of the alphabet: a bit above the six, so that one in a text shows in the sum of all.
 */
const FOREIGN = 0x40;
/** By code unit. Every id, key, signature and body passes here many times: tables are cheap. */
const VALUES = new Uint8Array(0x10000).fill(FOREIGN);
LETTERS.forEach((letter, value) => (VALUES[letter.charCodeAt(0)] = value));
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Writes the UTF-8 bytes of a text from a place on; gives how many. There must be room. */
export function writeUtf8(out: Uint8Array, at: number, text: string): number {
  return encoder.encodeInto(text, out.subarray(at)).written;
}

/** The text of UTF-8 bytes. Throws TypeError on malformed input. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  if (bytes.length > SHORT_BYTES) return toLongBase64Url(bytes);
  const whole = bytes.length - (bytes.length % 3);
  let out = '';
  for (let i = 0; i < whole; i += 3) {
    const chunk = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += (PAIRS[chunk >> 12] ?? '') + (PAIRS[chunk & 0xfff] ?? '');
  }
  if (whole === bytes.length) return out;
  const rest = ((bytes[whole] ?? 0) << 8) | (bytes[whole + 1] ?? 0);
  const end = (PAIRS[rest >> 4] ?? '') + (ALPHABET[(rest & 15) << 2] ?? '');
  return out + end.slice(0, bytes.length - whole + 1);
}

/** Ids, hashes and signatures: putting their text together costs less than decoding it. */
const SHORT_BYTES = 96;
const LETTERS_OF = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0));

/** Keys, copies and bodies: as one flat text, which hundreds of small ones would not become. */
function toLongBase64Url(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  const out = new Uint8Array((whole / 3) * 4);
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const chunk = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out[at++] = LETTERS_OF[chunk >> 18] ?? 0;
    out[at++] = LETTERS_OF[(chunk >> 12) & 63] ?? 0;
    out[at++] = LETTERS_OF[(chunk >> 6) & 63] ?? 0;
    out[at++] = LETTERS_OF[chunk & 63] ?? 0;
  }
  return decoder.decode(out) + toBase64Url(bytes.subarray(whole));
}

function sixBits(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? FOREIGN;
}

/** Ids, hashes and signatures: reading their letters costs less than having them written out. */
const SHORT_LETTERS = 128;
let desk = new Uint8Array(8192);

/**
 * Keys, copies and bodies: the platform writes out their letters in a tenth of the time that asking
 * the text for each takes. A foreign one takes more than one byte, or is one without a value.
 */
function readLong(text: string, whole: number, out: Uint8Array): number {
  if (desk.length < text.length * 3) desk = new Uint8Array(text.length * 3);
  const letters = desk;
  if (encoder.encodeInto(text, letters).written !== text.length) return FOREIGN;
  let seen = 0;
  for (let i = 0, at = 0; i < whole; i += 4, at += 3) {
    const a = VALUES[letters[i] ?? 0] ?? FOREIGN;
    const b = VALUES[letters[i + 1] ?? 0] ?? FOREIGN;
    const c = VALUES[letters[i + 2] ?? 0] ?? FOREIGN;
    const d = VALUES[letters[i + 3] ?? 0] ?? FOREIGN;
    seen |= a | b | c | d;
    out[at] = (a << 2) | (b >> 4);
    out[at + 1] = (b << 4) | (c >> 2);
    out[at + 2] = (c << 6) | d;
  }
  return seen;
}

function readShort(text: string, whole: number, out: Uint8Array): number {
  let seen = 0;
  for (let i = 0, at = 0; i < whole; i += 4, at += 3) {
    const a = sixBits(text, i);
    const b = sixBits(text, i + 1);
    const c = sixBits(text, i + 2);
    const d = sixBits(text, i + 3);
    seen |= a | b | c | d;
    out[at] = (a << 2) | (b >> 4);
    out[at + 1] = (b << 4) | (c >> 2);
    out[at + 2] = (c << 6) | d;
  }
  return seen;
}

/**
 * The bytes of a base64url text. Throws RangeError on a foreign letter, an impossible length or
 * non-zero spare bits, so that each byte string has exactly one text.
 */
export function fromBase64Url(text: string): Uint8Array {
  const left = text.length % 4;
  if (left === 1) throw new RangeError('base64url: impossible length');
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  const whole = text.length - left;
  const read = text.length > SHORT_LETTERS ? readLong : readShort;
  let seen = read(text, whole, out);
  if (left > 0) seen |= readRest(text, whole, out, (whole / 4) * 3);
  if ((seen & FOREIGN) !== 0) throw new RangeError('base64url: foreign letter');
  return out;
}

/** The last one or two bytes, out of two or three letters. */
function readRest(text: string, from: number, out: Uint8Array, at: number): number {
  const a = sixBits(text, from);
  const b = sixBits(text, from + 1);
  out[at] = (a << 2) | (b >> 4);
  const isPair = from + 2 === text.length;
  const c = isPair ? 0 : sixBits(text, from + 2);
  if (!isPair) out[at + 1] = (b << 4) | (c >> 2);
  const spare = isPair ? b & 15 : c & 3;
  if (spare !== 0) throw new RangeError('base64url: spare bits set');
  return a | b | c;
}

/** One array holding all parts in order. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Writes a big-endian unsigned 32-bit integer; gives the place after it. */
export function writeU32(out: Uint8Array, at: number, value: number): number {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
  return at + 4;
}

/** Big-endian unsigned 32-bit integer. */
export function u32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  writeU32(out, 0, value);
  return out;
}

/** Big-endian unsigned 64-bit integer of a safe integer. */
export function u64(value: number): Uint8Array {
  const out = new Uint8Array(8);
  writeU32(out, writeU32(out, 0, Math.floor(value / 2 ** 32)), value);
  return out;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += HEX[byte] ?? '';
  return out;
}

/** Equality of public bytes. Not for secrets: the time taken depends on the content. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order of byte strings, for sorting. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
