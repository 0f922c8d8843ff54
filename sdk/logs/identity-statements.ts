/**
 * Writes identity statements: device, genesis, recovery key, revocation. They are texts and
 * signatures only; sending them, and going to the provider in between, is for others.
 */
import { canonical } from '@liaison/contract/encoding';
import {
  type DeviceId,
  type Hash,
  Instant,
  type Origin,
  type PersonId,
  ZERO_HASH,
} from '@liaison/contract/ids';
import type {
  Attestation,
  DeviceKeys,
  DeviceKind,
  IdentityHead,
  IdentityPayload,
  IdentityStatement,
  WireStatement,
} from '@liaison/contract/identity';
import {
  deviceIdHashed,
  identityHashed,
  identitySigned,
  invitationProofSigned,
  personIdHashed,
  possessionSigned,
} from '@liaison/contract/signing';
import { hash } from '../crypto/hash.js';
import { type RandomBytes, randomBytes } from '../crypto/random.js';
import type { RecoveryKeys } from '../crypto/recovery.js';
import { newSealingPair, type SealingPair } from '../crypto/sealing.js';
import { newSigningPair, sign, type SigningPair } from '../crypto/signing.js';

/** A device's secrets; they never leave it. */
export interface DeviceSecrets {
  readonly keys: DeviceKeys;
  readonly signing: SigningPair;
  readonly sealing: SealingPair;
}

/** Who signs: a device, or the recovery key. */
export interface StatementSigner {
  readonly id: DeviceId | 'recovery';
  readonly signing: SigningPair;
}

/** A statement ready to be sent, with the head after it. */
export interface BuiltStatement {
  readonly wire: WireStatement;
  readonly statement: IdentityStatement;
  readonly head: IdentityHead;
}

export const NO_STATEMENT: IdentityHead = { n: -1, h: ZERO_HASH };

export function deviceFromPairs(
  signing: SigningPair,
  sealing: SealingPair,
  kind: DeviceKind,
): DeviceSecrets {
  const [signingKey, sealingKey] = [signing.publicKey, sealing.publicKey];
  const device = hash(deviceIdHashed(signingKey, sealingKey)) as string as DeviceId;
  return { keys: { device, signingKey, sealingKey, kind }, signing, sealing };
}

export function newDevice(
  kind: DeviceKind = 'durable',
  random: RandomBytes = randomBytes,
): DeviceSecrets {
  return deviceFromPairs(newSigningPair(random), newSealingPair(random), kind);
}

export interface StatementDraft {
  readonly origin: Origin;
  /** Empty for a genesis. */
  readonly person: PersonId | '';
  /** Head before it. */
  readonly head: IdentityHead;
  readonly at: number;
  readonly signer: StatementSigner;
  readonly payload: IdentityPayload;
  /** Where a signing key enters the log: its pair, to show possession. */
  readonly holder?: SigningPair;
  readonly attestation?: Attestation;
}

export function buildStatement(draft: StatementDraft): BuiltStatement {
  const { origin, person, head, signer, payload, holder, attestation = null } = draft;
  const statement: IdentityStatement = {
    v: 1,
    suite: 1,
    origin,
    person,
    n: head.n + 1,
    prev: head.h,
    at: Instant.parse(draft.at),
    signer: signer.id,
    payload,
  };
  const text = canonical(statement);
  const signature = sign(signer.signing.secretKey, identitySigned(origin, text));
  const possession = holder ? sign(holder.secretKey, possessionSigned(origin, text)) : null;
  const h = hash(identityHashed(text, signature));
  const wire = { text, signature, possession, attestation };
  return { wire, statement, head: { n: statement.n, h } };
}

export interface Genesis extends BuiltStatement {
  readonly person: PersonId;
}

/** The genesis before sign-in: its head's hash is what the nonce binds. */
export function buildGenesis(draft: {
  readonly origin: Origin;
  readonly at: number;
  readonly device: DeviceSecrets;
}): Genesis {
  const { origin, at, device } = draft;
  const built = buildStatement({
    origin,
    person: '',
    head: NO_STATEMENT,
    at,
    signer: { id: device.keys.device, signing: device.signing },
    payload: { kind: 'device.added', keys: device.keys },
    holder: device.signing,
  });
  const person = hash(personIdHashed(built.wire.text)) as string as PersonId;
  return { ...built, person };
}

/** The statement with what came back from the provider, the inviter or the operator. */
export function attested<T extends BuiltStatement>(built: T, attestation: Attestation): T {
  return { ...built, wire: { ...built.wire, attestation } };
}

/** The payload that makes a printed code's keys the person's recovery key. */
export function recoveryPayload(keys: RecoveryKeys, madeAt: number): IdentityPayload {
  return {
    kind: 'recovery-key.set',
    signingKey: keys.signing.publicKey,
    sealingKey: keys.sealing.publicKey,
    madeAt: Instant.parse(madeAt),
  };
}

/** What the holder of an invitation's seed shows over a statement. */
export function invitationProof(invitation: SigningPair, origin: Origin, statement: Hash) {
  return sign(invitation.secretKey, invitationProofSigned(origin, statement));
}
