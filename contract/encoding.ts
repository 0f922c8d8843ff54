/**
 * Canonical text and hash inputs: the bytes that are signed and chained.
 * See docs/protocol.md, "Encoding". This file must never call a hash function itself: server and
 * client each bring their own (node:crypto, libsodium) and vectors hold them together.
 */
import { writeU32, writeUtf8 } from './bytes.js';
import { LIMITS } from './limits.js';

/** What canonical text can say: no floats, no null bytes of meaning, no undefined. */
export type Canonical =
  | string
  | number
  | boolean
  | null
  | readonly Canonical[]
  | { readonly [key: string]: Canonical };

/**
 * Canonical JSON: keys sorted by UTF-16 code unit, no white space, only safe integers, members
 * whose value is undefined left out. Throws TypeError on anything else.
 */
export function canonical(value: unknown, depth = 0): string {
  if (depth > LIMITS.canonicalDepth.value) throw new TypeError('canonical: too deep');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') return canonicalInteger(value);
  if (Array.isArray(value)) return `[${value.map((v) => canonical(v, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>, depth);
  throw new TypeError(`canonical: ${typeof value} has no canonical text`);
}

/** Printable ASCII without quote and backslash: its JSON is itself. Most of what is signed. */
const PLAIN = /^[ !#-[\]-~]*$/;

function canonicalString(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new TypeError('canonical: lone surrogate');
  return JSON.stringify(value);
}

function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new TypeError('canonical: not a safe integer');
  }
  return String(value);
}

function canonicalObject(value: Record<string, unknown>, depth: number): string {
  let out = '';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${canonicalString(key)}:${canonical(member, depth + 1)}`;
  }
  return `{${out}}`;
}

/** What was parsed out of canonical text is in order already. */
function sortedKeys(value: Record<string, unknown>): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) {
    if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort();
  }
  return keys;
}

/**
 * The value of a canonical text. Throws TypeError when the text is not the one canonical form of
 * what it says (other order, white space, duplicate keys, floats): a signature covers one text.
 * `depth` is how deep the text stands in another one.
 */
export function parseCanonical(text: string, depth = 0): Canonical {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TypeError('canonical: not JSON', { cause: error });
  }
  const plainly = !text.includes('\\') && isOrderly(value, depth) && JSON.stringify(value) === text;
  if (plainly || canonical(value, depth) === text) return value as Canonical;
  throw new TypeError('canonical: not in canonical form');
}

/**
 * Whether a parsed value holds nothing that the platform's own writer, which is much faster, would
 * write in another way than ours: then its text without escapes is canonical. A doubt is no
 * refusal: our own writer decides.
 */
function isOrderly(value: unknown, depth: number): boolean {
  if (depth > LIMITS.canonicalDepth.value) return false;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((one) => isOrderly(one, depth + 1));
  let last: string | null = null;
  for (const [key, member] of Object.entries(value)) {
    if ((last !== null && last >= key) || !isOrderly(member, depth + 1)) return false;
    last = key;
  }
  return true;
}

/** Room to put parts together in: what leaves is a copy, so nobody sees the next one's bytes. */
let desk = new Uint8Array(4096);

/**
 * What is hashed or signed: each part preceded by its length (u32, big-endian), the domain first;
 * a text stands for its UTF-8 bytes. So no two different lists of parts share bytes, and nothing
 * signed in one domain holds in another.
 */
export function framed(domain: Domain, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const name = named(domain);
  let most = name.length;
  for (const part of parts) most += mostBytes(part);
  if (desk.length < most) desk = new Uint8Array(most);
  desk.set(name);
  let at = name.length;
  for (const part of parts) at = putPart(desk, at, part);
  return desk.slice(0, at);
}

/** Each domain with its length before it: there are few, and each is put first many times. */
const names = new Map<Domain, Uint8Array>();

function named(domain: Domain): Uint8Array {
  const known = names.get(domain);
  if (known !== undefined) return known;
  const name = new Uint8Array(mostBytes(domain));
  const made = name.slice(0, putPart(name, 0, domain));
  names.set(domain, made);
  return made;
}

/** A code unit takes at most three bytes. */
function mostBytes(part: Uint8Array | string): number {
  return 4 + (typeof part === 'string' ? part.length * 3 : part.length);
}

function putPart(out: Uint8Array, at: number, part: Uint8Array | string): number {
  const from = at + 4;
  if (typeof part !== 'string') out.set(part, from);
  const size = typeof part === 'string' ? writeUtf8(out, from, part) : part.length;
  writeU32(out, at, size);
  return from + size;
}

/** Every domain of version 1. A new use takes a new domain, never an old one. */
export const DOMAINS = [
  'liaison/1/item', // hash of an item: canonical header, signature
  'liaison/1/item-signature', // signed by the author's device: origin, canonical header
  'liaison/1/chain', // H_k: H_{k-1}, k, item hash
  'liaison/1/circle-id', // canonical header of circle.created
  'liaison/1/device-id', // signing key, sealing key
  'liaison/1/identity', // hash of an identity statement: canonical text, signature(s)
  'liaison/1/identity-signature', // signed by an existing device, recovery or invitation key
  'liaison/1/identity-possession', // signed by the new device's own key
  'liaison/1/person-id', // canonical text of the genesis
  'liaison/1/oidc-nonce', // purpose, origin, identity head, statement hash, 32 random bytes
  'liaison/1/key', // hash of an X-Wing public key
  'liaison/1/copy', // leaf of the tree of sealed copies: recipient, sealed copy
  'liaison/1/copy-node', // inner node of that tree
  'liaison/1/wrap', // context of a sealed copy's wrapping key
  'liaison/1/encapsulation', // seed of a deterministic encapsulation
  'liaison/1/commitment', // commitment to an epoch secret
  'liaison/1/backlink', // associated data of an earlier secret under a later one
  'liaison/1/body', // hash of a sealed body
  'liaison/1/body-context', // associated data of a sealed body
  'liaison/1/receipt', // signed by the server's log key: origin, circle, k, H_k, time
  'liaison/1/lane', // signed by the author's device: origin, canonical lane statement
  'liaison/1/invitation', // signed by the inviter's device: origin, canonical invitation
  'liaison/1/invitation-proof', // signed by the invitation key: statement hash
  'liaison/1/invitation-redeem', // signed by the invitation key: origin, the server's challenge
  'liaison/1/device-names', // signed by a device: origin, canonical names of devices
  'liaison/1/device-names-context', // associated data of those names as they are sealed
  'liaison/1/lease', // signed by a device: origin, canonical lease of a shared post
  'liaison/1/link', // hash: a new device's commitment to its keys and its random part
  'liaison/1/link-claim', // signed by a post that was let in: code, commitment
  'liaison/1/link-digits', // hash: what two devices show alike when nobody stands between them
  'liaison/1/link-mac', // derived from a card's secret: the answer, by whoever read the card
  'liaison/1/name', // hash of a claimed name: FINESS, name
  'liaison/1/safety-number', // hash of two people and their keys, for them to compare
  'liaison/1/attachment', // associated data of an attachment's chunk
  'liaison/1/attachment-chunk', // hash of one sealed chunk
  'liaison/1/attachment-whole', // hash over the hashes of all sealed chunks
  'liaison/1/epoch-content', // derived from an epoch secret: seals bodies
  'liaison/1/epoch-sealing', // derived from an epoch secret: seed of its X-Wing pair
  'liaison/1/epoch-backlink', // derived from an epoch secret: seals earlier secrets
  'liaison/1/person-sealing', // derived from a person key's seed: seed of its X-Wing pair
  'liaison/1/person-backlink', // derived from a person key's seed: seals the seed before
  'liaison/1/person-names', // derived from a person key's seed: seals the names of devices
  'liaison/1/recovery-signing', // derived from the recovery code: seed of its Ed25519 pair
  'liaison/1/recovery-sealing', // derived from the recovery code: seed of its X-Wing pair
  'liaison/1/audit-record', // hash of a salted audit record
  'liaison/1/identity-leaf', // leaf of the identity tree
] as const;
export type Domain = (typeof DOMAINS)[number];
