/**
 * What attests a genesis, a recovery or a reset: a provider's token whose nonce names this very
 * statement, an invitation, or the operator. The token must be the one of the caller's own fresh
 * sign-in: this room checks what it is bound to, the identity room whose it is.
 */
import { fromBase64Url, toHex } from '@liaison/contract/bytes';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { Hash, Origin } from '@liaison/contract/ids';
import {
  type Attestation,
  type IdentityHead,
  type IdentityStatement,
  InvitationText,
  type NoncePurpose,
} from '@liaison/contract/identity';
import { isInvitedThen } from '@liaison/contract/invitation';
import { invitationProofSigned, invitationSigned, nonceHashed } from '@liaison/contract/signing';
import { hashBytes } from '../platform/hash/blake.js';
import { verifyStrict } from '../platform/signatures/ed25519.js';
import { type IdentityView, deviceOf, isTrueHead, signingKeyOf } from './identity.view.js';

/** A statement that wants attestation, and where it stands. */
export interface Attested {
  readonly purpose: NoncePurpose;
  readonly origin: Origin;
  /** The log's head before the statement. */
  readonly head: IdentityHead;
  /** The statement's own hash. */
  readonly hash: Hash;
  readonly statement: IdentityStatement;
}

const refuse = (why: string): Problem => new Problem('attestation_invalid', why);
const raw = fromBase64Url;

/** The nonce that a provider's token must carry for this statement. */
export function nonceOf(attested: Attested, random: Hash): string {
  const { purpose, origin, head, hash } = attested;
  return toHex(hashBytes(nonceHashed(purpose, origin, head, hash, random)));
}

type Invitation = Extract<Attestation, { type: 'invitation' }>;

/** The invitation's text, after its form; whose it is the identity room knows. */
export function readInvitation(attestation: Invitation, origin: Origin): InvitationText {
  const parsed = InvitationText.safeParse(parseOrNull(attestation.text));
  if (!parsed.success || parsed.data.origin !== origin) throw refuse('invitation text');
  return parsed.data;
}

function parseOrNull(text: string): unknown {
  try {
    return parseCanonical(text);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Checks both signatures: the inviter’s over the text, the invitation key’s over the genesis. */
export function checkInvitation(
  attestation: Invitation,
  text: InvitationText,
  inviter: IdentityView | null,
  attested: Attested,
): void {
  if (!isInvitedThen(text, attested.statement))
    throw new Problem('clock_skew', 'not the invitation’s time');
  const key = inviter && signingKeyOf(inviter, text.device);
  if (!inviter || !key || !isTrueHead(inviter, text.identity)) throw refuse('inviter');
  const device = deviceOf(inviter, text.device);
  if (device?.revokedAt !== null) throw refuse('the inviter’s device was revoked');
  const said = invitationSigned(attested.origin, attestation.text);
  if (!verifyStrict(raw(key), said, raw(attestation.signature))) throw refuse('inviter signature');
  const proof = invitationProofSigned(attested.origin, attested.hash);
  if (!verifyStrict(raw(text.key), proof, raw(attestation.proof))) throw refuse('invitation proof');
}

/** Checks the operator's proof by the server's own public key. */
export function checkOperator(
  attestation: Extract<Attestation, { type: 'operator' }>,
  logKey: Uint8Array,
  attested: Attested,
): void {
  const proof = invitationProofSigned(attested.origin, attested.hash);
  if (!verifyStrict(logKey, proof, raw(attestation.proof))) throw refuse('operator proof');
}
