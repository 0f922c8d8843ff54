/**
 * The exact bytes that are hashed and signed, one function a use (docs/protocol.md, "Signing").
 * Both sides hash and sign what these return, with their own primitives.
 */
import { compareBytes, fromBase64Url, u64 } from './bytes.js';
import { framed } from './encoding.js';
import type { Hash, Origin, PersonId, SealingKey, SigningKey } from './ids.js';
import type { IdentityHead, NoncePurpose } from './identity.js';
import type { Head } from './item.js';
import { leaseText, type LeaseTerms } from './lease.js';
import type { LinkAnswer, LinkAsk } from './link.js';

const raw = fromBase64Url;

/** What an author's device signs for an item. */
export function itemSigned(origin: Origin, text: string): Uint8Array {
  return framed('liaison/1/item-signature', origin, text);
}

/** Hash input of an item: its text and its very signature. */
export function itemHashed(text: string, signature: string): Uint8Array {
  return framed('liaison/1/item', text, raw(signature));
}

/** Hash input of the chain at position `k`, after the item with that hash. */
export function chainHashed(previous: Hash, k: number, itemHash: Hash): Uint8Array {
  return framed('liaison/1/chain', raw(previous), u64(k), raw(itemHash));
}

/** Hash input of a circle's id. */
export function circleIdHashed(createdText: string): Uint8Array {
  return framed('liaison/1/circle-id', createdText);
}

/** Hash input of a person's id. */
export function personIdHashed(genesisText: string): Uint8Array {
  return framed('liaison/1/person-id', genesisText);
}

/** Hash input of a device's id. */
export function deviceIdHashed(signingKey: SigningKey, sealingKey: SealingKey): Uint8Array {
  return framed('liaison/1/device-id', raw(signingKey), raw(sealingKey));
}

/** Hash input of the id of a post under a lease: it has no sealing key. */
export function leasedIdHashed(key: SigningKey): Uint8Array {
  return framed('liaison/1/device-id', raw(key), new Uint8Array());
}

/** What the device that lends its word signs. */
export function leaseSigned(origin: Origin, person: PersonId, terms: LeaseTerms): Uint8Array {
  return framed('liaison/1/lease', origin, leaseText(origin, person, terms));
}

/** What a device signs over the names of its owner's devices. */
export function deviceNamesSigned(origin: Origin, text: string): Uint8Array {
  return framed('liaison/1/device-names', origin, text);
}

/** Associated data of those names: whose they are, and the generation that seals them. */
export function deviceNamesContext(person: PersonId, generation: number): Uint8Array {
  return framed('liaison/1/device-names-context', raw(person), u64(generation));
}

/** Hash input of an X-Wing key's short name. */
export function keyHashed(key: SealingKey): Uint8Array {
  return framed('liaison/1/key', raw(key));
}

/** What an existing device, the recovery key or (genesis, reset) the new device signs. */
export function identitySigned(origin: Origin, text: string): Uint8Array {
  return framed('liaison/1/identity-signature', origin, text);
}

/** What a new device signs to show that it holds the keys that enter the log. */
export function possessionSigned(origin: Origin, text: string): Uint8Array {
  return framed('liaison/1/identity-possession', origin, text);
}

/** Hash input of an identity statement; the next statement's `prev`. Attestation left out. */
export function identityHashed(text: string, signature: string): Uint8Array {
  return framed('liaison/1/identity', text, raw(signature));
}

/**
 * Hash input of an OIDC nonce; the nonce is the 64 hex digits of the hash. `statement` is the hash
 * of the statement to attest, or ZERO_HASH for a plain session.
 */
export function nonceHashed(
  purpose: NoncePurpose,
  origin: Origin,
  head: IdentityHead,
  statement: Hash,
  random: Hash,
): Uint8Array {
  return framed(
    'liaison/1/oidc-nonce',
    purpose,
    origin,
    u64(head.n + 1),
    raw(head.h),
    raw(statement),
    raw(random),
  );
}

/** Content of a leaf of the identity tree. */
export function identityLeaf(person: PersonId, n: number, h: Hash): Uint8Array {
  return framed('liaison/1/identity-leaf', raw(person), u64(n), raw(h));
}

/** Hash input of a sealed body, as the header names it. */
export function bodyHashed(sealed: Uint8Array): Uint8Array {
  return framed('liaison/1/body', sealed);
}

/** What the server's log key signs for an append. */
export function receiptSigned(origin: Origin, circle: string, at: Head, time: number): Uint8Array {
  return framed('liaison/1/receipt', origin, raw(circle), u64(at.k), raw(at.h), u64(time));
}

/** What a device signs for a lane statement. */
export function laneSigned(origin: Origin, text: string): Uint8Array {
  return framed('liaison/1/lane', origin, text);
}

/** What an inviter's device signs. */
export function invitationSigned(origin: Origin, text: string): Uint8Array {
  return framed('liaison/1/invitation', origin, text);
}

/** What the invitation key (or the server's log key, for an operator's invitation) signs. */
export function invitationProofSigned(origin: Origin, genesis: Hash): Uint8Array {
  return framed('liaison/1/invitation-proof', origin, raw(genesis));
}

/** What the invitation key signs to redeem: the 32-byte challenge of the passkey's options. */
export function redemptionSigned(origin: Origin, challenge: string): Uint8Array {
  return framed('liaison/1/invitation-redeem', origin, raw(challenge));
}

/** Hash input of a new device's commitment: its keys, and what it will show after the answer. */
export function linkCommitted(
  origin: Origin,
  { wish, code, signingKey, sealingKey }: Omit<LinkAsk, 'commitment'>,
  random: Hash,
): Uint8Array {
  return framed(
    'liaison/1/link',
    origin,
    wish,
    code,
    raw(signingKey),
    raw(sealingKey),
    raw(random),
  );
}

/**
 * Hash input of what both devices compare. The answer was given before the reveal could be known,
 * and the reveal was committed to before the answer: whoever stands between has one guess.
 */
export function linkCompared(commitment: Hash, answer: LinkAnswer, reveal: Hash): Uint8Array {
  const { text, random } = answer;
  return framed('liaison/1/link-digits', raw(commitment), text, raw(random), raw(reveal));
}

/** What a post that was let in signs to be signed in. */
export function linkClaimed(origin: Origin, { code, commitment }: LinkAsk): Uint8Array {
  return framed('liaison/1/link-claim', origin, code, raw(commitment));
}

/** Hash input of a name that a signed statement claims without showing it. */
export function nameHashed(finess: string | null, name: string): Uint8Array {
  return framed('liaison/1/name', finess ?? '', name.normalize('NFC'));
}

/** Leaf of the tree of sealed copies. */
export function copyHashed(member: string, copy: string): Uint8Array {
  return framed('liaison/1/copy', member, raw(copy));
}

/** Inner node of the tree of sealed copies. */
export function copyNodeHashed(left: Hash, right: Hash): Uint8Array {
  return framed('liaison/1/copy-node', raw(left), raw(right));
}

/** One of two people who compare: who they are, and the statement that began their present key. */
export interface Compared {
  readonly person: PersonId;
  readonly key: Hash;
}

/** Hash input of the safety number of two people: the same whoever of them computes it. */
export function safetyHashed(origin: Origin, one: Compared, other: Compared): Uint8Array {
  const sorted = [one, other].sort((a, b) => compareBytes(raw(a.person), raw(b.person)));
  const parts = sorted.flatMap(({ person, key }) => [raw(person), raw(key)]);
  return framed('liaison/1/safety-number', origin, ...parts);
}

/** Eight groups of five digits, as people read them to each other: four bytes of the hash each. */
export function safetyDigits(hash: Uint8Array): string[] {
  return Array.from({ length: SAFETY_GROUPS }, (_, i) => {
    const view = new DataView(hash.buffer, hash.byteOffset + 4 * i, 4);
    return String(view.getUint32(0) % 100_000).padStart(5, '0');
  });
}

const SAFETY_GROUPS = 8;
