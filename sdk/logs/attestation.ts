/**
 * What stands behind a statement besides its signature: a provider's token bound to it by nonce, an
 * invitation by a person of this deployment, or the operator. Necessary, never sufficient.
 */
import { toHex } from '@liaison/contract/bytes';
import { parseCanonical } from '@liaison/contract/encoding';
import type { Hash, Origin, PersonId, Signature, SigningKey } from '@liaison/contract/ids';
import {
  type Attestation,
  type IdentityHead,
  type IdentityStatement,
  InvitationText,
  type NoncePurpose,
} from '@liaison/contract/identity';
import type { ProviderFacts } from '@liaison/contract/instance';
import { isInvitedThen } from '@liaison/contract/invitation';
import { invitationProofSigned, invitationSigned, nonceHashed } from '@liaison/contract/signing';
import { orNull } from '../crypto/aead.js';
import { hashBytes } from '../crypto/hash.js';
import { type RandomBytes, randomBytes, randomText } from '../crypto/random.js';
import { verifyStrict } from '../crypto/signing.js';
import { deviceAt, type IdentityState, type Trust } from './identity-state.js';
import { type TokenFault, verifyToken } from './provider-token.js';

/** What a client believes before it has read anything: built in, or confirmed by people. */
export interface Pins {
  readonly origin: Origin;
  /** The server's log key; null: an operator's word counts for nothing. */
  readonly logKey: SigningKey | null;
  readonly provider: ProviderFacts | null;
  /** The verified log of whoever invited somebody. */
  inviter(person: PersonId, n: number): Promise<IdentityState | null>;
}

export type AttestationFault =
  | 'attestation-missing'
  | 'attestation-purpose'
  | 'attestation-time'
  | `token-${TokenFault}`
  | 'inviter-unknown'
  | 'invitation-form'
  | 'invitation-signature'
  | 'invitation-time'
  | 'invitation-proof'
  | 'operator-proof'
  | 'another-person';

export type Attested = { readonly trust: Trust } | { readonly fault: AttestationFault };

/** The statement that is attested, its hash, and the head before it. */
export interface Subject {
  readonly statement: IdentityStatement;
  readonly hash: Hash;
  readonly before: IdentityHead;
}

/** The nonce that binds a sign-in to a statement, or (ZERO_HASH) to an identity head alone. */
export function nonceOf(
  purpose: NoncePurpose,
  origin: Origin,
  head: IdentityHead,
  statement: Hash,
  random: Hash,
): string {
  return toHex(hashBytes(nonceHashed(purpose, origin, head, statement, random)));
}

/** A fresh nonce, with the random part that must be kept until the token comes back. */
export function nonceFor(
  purpose: NoncePurpose,
  origin: Origin,
  head: IdentityHead,
  statement: Hash,
  random: RandomBytes = randomBytes,
): { readonly nonce: string; readonly random: Hash } {
  const part = randomText(random);
  return { nonce: nonceOf(purpose, origin, head, statement, part), random: part };
}

type Of<T extends Attestation['type']> = Extract<Attestation, { type: T }>;

/** Checks one attestation for the purpose that its statement asks for. */
export function checkAttestation(
  attestation: Attestation,
  purpose: NoncePurpose,
  subject: Subject,
  pins: Pins,
): Promise<Attested> {
  switch (attestation.type) {
    case 'provider':
      return checkProvider(attestation, purpose, subject, pins);
    case 'invitation':
      return checkInvitation(attestation, subject, pins);
    case 'operator':
      return Promise.resolve(checkOperator(attestation, subject, pins));
  }
}

async function checkProvider(
  { purpose: stated, idToken, random }: Of<'provider'>,
  purpose: NoncePurpose,
  { statement, hash, before }: Subject,
  { origin, provider }: Pins,
): Promise<Attested> {
  if (stated !== purpose) return { fault: 'attestation-purpose' };
  const nonce = nonceOf(purpose, origin, before, hash, random);
  const token = await verifyToken(idToken, provider, nonce);
  if (token.verdict === 'fault') return { fault: `token-${token.why}` };
  if (token.verdict === 'unproven') return { trust: { level: 'server', since: statement.at } };
  const fictional = provider?.fictional ?? true;
  return { trust: { level: 'certified', since: token.at, fictional, claims: token.claims } };
}

function readInvitation(text: string): InvitationText | null {
  const parsed = InvitationText.safeParse(orNull(() => parseCanonical(text)));
  return parsed.success ? parsed.data : null;
}

function signedByInviter(
  inviter: IdentityState,
  said: InvitationText,
  text: string,
  signature: Signature,
): boolean {
  const { n, h } = said.identity;
  const device = inviter.hashes[n] === h ? deviceAt(inviter, said.device, n) : null;
  if (device?.live !== true) return false;
  return verifyStrict(device.keys.signingKey, invitationSigned(said.origin, text), signature);
}

async function checkInvitation(
  { text, signature, proof }: Of<'invitation'>,
  { statement, hash }: Subject,
  pins: Pins,
): Promise<Attested> {
  const said = readInvitation(text);
  if (said?.origin !== pins.origin) return { fault: 'invitation-form' };
  const inviter = await pins.inviter(said.inviter, said.identity.n);
  if (inviter === null) return { fault: 'inviter-unknown' };
  if (!signedByInviter(inviter, said, text, signature)) return { fault: 'invitation-signature' };
  if (!isInvitedThen(said, statement)) return { fault: 'invitation-time' };
  const proven = verifyStrict(said.key, invitationProofSigned(pins.origin, hash), proof);
  if (!proven) return { fault: 'invitation-proof' };
  const { inviter: by, role, nameHash, at: since } = said;
  return { trust: { level: 'vouched', since, by, role, nameHash } };
}

function checkOperator(
  { proof }: Of<'operator'>,
  { statement, hash }: Subject,
  pins: Pins,
): Attested {
  const signed = invitationProofSigned(pins.origin, hash);
  const proven = pins.logKey !== null && verifyStrict(pins.logKey, signed, proof);
  if (!proven) return { fault: 'operator-proof' };
  return { trust: { level: 'server', since: statement.at } };
}
