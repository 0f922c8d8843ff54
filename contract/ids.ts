/**
 * The identifiers and fixed-size byte strings of the whole system, as branded schemas.
 * None of them is free text: each has one length and one alphabet, so facts can be built of them.
 */
import { z } from 'zod';

/** A text that stands for exactly `size` bytes in base64url; the last letter's spare bits are 0. */
function fixedBytes(size: number): z.ZodString {
  const letters = Math.ceil((size * 8) / 6);
  const spare = letters * 6 - size * 8;
  const last = { 0: '[A-Za-z0-9_-]', 2: '[AEIMQUYcgkosw048]', 4: '[AQgw]' }[spare] ?? '';
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${String(letters - 1)}}${last}$`));
}

/** 32 bytes: BLAKE2b-512 over length-prefixed parts, truncated (see encoding.ts). */
export const Hash = fixedBytes(32).brand('Hash');
export type Hash = z.infer<typeof Hash>;

/** Hash of the genesis statement of a person's identity log. */
export const PersonId = fixedBytes(32).brand('PersonId');
export type PersonId = z.infer<typeof PersonId>;

/** Hash of a device's two public keys. */
export const DeviceId = fixedBytes(32).brand('DeviceId');
export type DeviceId = z.infer<typeof DeviceId>;

/**
 * Hash of the `circle.created` statement. Channels, handoffs, teams and communities are circles.
 */
export const CircleId = fixedBytes(32).brand('CircleId');
export type CircleId = z.infer<typeof CircleId>;

/** UUIDv7 chosen by the author: the idempotency key of an item. */
export const EntryId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  .brand('EntryId');
export type EntryId = z.infer<typeof EntryId>;

/** Any UUID that the server or a client mints for a row (attachment, task, notification…). */
export const Uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  .brand('Uuid');
export type Uuid = z.infer<typeof Uuid>;

/** A member of a circle: `p.` + a person, or `t.` + a team (one level of nesting, no deeper). */
export const MemberId = z
  .string()
  .regex(/^[pt]\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
  .brand('MemberId');
export type MemberId = z.infer<typeof MemberId>;

/** Ed25519 public key, 32 bytes. Its strictness is checked where it is used, not here. */
export const SigningKey = fixedBytes(32).brand('SigningKey');
export type SigningKey = z.infer<typeof SigningKey>;

/** X-Wing public key, 1216 bytes. */
export const SealingKey = fixedBytes(1216).brand('SealingKey');
export type SealingKey = z.infer<typeof SealingKey>;

/** Ed25519 signature, 64 bytes. */
export const Signature = fixedBytes(64).brand('Signature');
export type Signature = z.infer<typeof Signature>;

/** A 32-byte secret sealed to one X-Wing key: KEM ciphertext (1120) ‖ wrapped secret (48). */
export const SealedCopy = fixedBytes(1168).brand('SealedCopy');
export type SealedCopy = z.infer<typeof SealedCopy>;

/** A 32-byte secret sealed under another secret: nonce (24) ‖ ciphertext with tag (48). */
export const SealedSecret = fixedBytes(72).brand('SealedSecret');
export type SealedSecret = z.infer<typeof SealedSecret>;

/** Sealed bytes of any length, base64url. Never a fact: it travels beside the header. */
export const SealedBytes = z.base64url().brand('SealedBytes');
export type SealedBytes = z.infer<typeof SealedBytes>;

/** Milliseconds since the epoch, UTC. */
export const Instant = z.int().nonnegative();
export type Instant = z.infer<typeof Instant>;

/** Where a deployment stands: scheme, host and port. Part of every signing string. */
export const Origin = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.-]{1,253}(:[0-9]{1,5})?$/)
  .brand('Origin');
export type Origin = z.infer<typeof Origin>;

/** National identifier of a professional (IDNPS): `8` + RPPS (11 digits) or `0` + ADELI (9). */
export const NationalId = z
  .string()
  .regex(/^(8[0-9]{11}|0[0-9A-Z]{9})$/)
  .brand('NationalId');
export type NationalId = z.infer<typeof NationalId>;

/** FINESS number of a site or legal entity: 9 characters. */
export const Finess = z
  .string()
  .regex(/^[0-9][0-9AB][0-9]{7}$/)
  .brand('Finess');
export type Finess = z.infer<typeof Finess>;

export const ZERO_HASH = Hash.parse('A'.repeat(43));

/** The member id of a person. */
export function personMember(person: PersonId): MemberId {
  return `p.${person}` as MemberId;
}

/** The member id of a team. */
export function teamMember(team: CircleId): MemberId {
  return `t.${team}` as MemberId;
}

export type MemberRef =
  | { readonly type: 'person'; readonly person: PersonId }
  | { readonly type: 'team'; readonly team: CircleId };

/** What a member id names. */
export function memberRef(member: MemberId): MemberRef {
  const id = member.slice(2);
  return member.startsWith('p.')
    ? { type: 'person', person: PersonId.parse(id) }
    : { type: 'team', team: CircleId.parse(id) };
}
