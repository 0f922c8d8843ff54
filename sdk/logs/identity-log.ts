/**
 * The replay of an identity log: every hash, signature, key and attestation is checked, and what
 * the log says comes out, or the first thing that is wrong with it. Nothing here asks a clock: a
 * log is as valid in ten years as on the day it was written.
 */
import { continuityOf, isSameName } from '@liaison/contract/certified-claims';
import { parseCanonical } from '@liaison/contract/encoding';
import { type Hash, type PersonId, ZERO_HASH } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import {
  type IdentityHead,
  type IdentityLog,
  type IdentityPayload,
  IdentityStatement,
  type WireStatement,
} from '@liaison/contract/identity';
import {
  attestationWanted,
  type IdentityLogState,
  type IdentityRefusal,
  judgeIdentity,
  possessionKeyOf,
  signerKeyOf,
} from '@liaison/contract/identity-rules';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import {
  deviceIdHashed,
  identityHashed,
  identitySigned,
  personIdHashed,
  possessionSigned,
} from '@liaison/contract/signing';
import { orNull } from '../crypto/aead.js';
import { hash } from '../crypto/hash.js';
import { isStrictKey, verifyStrict } from '../crypto/signing.js';
import {
  type Attested,
  type AttestationFault,
  checkAttestation,
  type Pins,
} from './attestation.js';
import type { IdentityState, Trust } from './identity-state.js';
import { isOfLaterVersion } from './later-version.js';

export type IdentityFaultCode =
  | 'empty'
  | 'form'
  | 'newer'
  | 'origin'
  | 'person-id'
  | 'device-id'
  | 'key-invalid'
  | 'signature'
  | 'possession'
  | IdentityRefusal
  | AttestationFault;

/** The first thing that is wrong with a log, and where. */
export interface IdentityFault {
  readonly fault: IdentityFaultCode;
  readonly n: number;
}

/** What one attestation made of the person; it counts until its statement falls. */
interface Attesting {
  readonly n: number;
  readonly trust: Trust;
}

interface Progress {
  readonly head: IdentityHead;
  readonly hashes: readonly Hash[];
  readonly past: readonly IdentityLogState[];
  readonly trusts: readonly Trust[];
  readonly attested: readonly Attesting[];
}

const NOBODY: IdentityHead = { n: -1, h: ZERO_HASH };
const START: Progress = { head: NOBODY, hashes: [], past: [], trusts: [], attested: [] };

export function isIdentityFault(result: IdentityState | IdentityFault): result is IdentityFault {
  return 'fault' in result;
}

export async function replayIdentity(
  log: IdentityLog,
  pins: Pins,
): Promise<IdentityState | IdentityFault> {
  let progress = START;
  for (const [n, wire] of log.statements.entries()) {
    const next = await replayStatement(progress, wire, log.person, pins);
    if (typeof next === 'string') return { fault: next, n };
    progress = next;
  }
  const { head, hashes, past, trusts } = progress;
  const [last, trust] = [past.at(-1), trusts.at(-1)];
  if (last === undefined || trust === undefined) return { fault: 'empty', n: 0 };
  const { origin } = pins;
  return { person: log.person, origin, head, hashes, past, log: last, trust, trusts };
}

/** What was found of a log when it was verified, for the next start. */
export interface KeptVerdict {
  readonly hashes: readonly Hash[];
  /** By index, as `hashes`. */
  readonly trusts: readonly Trust[];
}

/**
 * A log that this device verified before, read again without its signatures: only what it says is
 * folded. Null where the statements are not those that the verdict is about.
 */
export function recallIdentity(
  { person, statements }: IdentityLog,
  { hashes, trusts }: KeptVerdict,
  origin: Pins['origin'],
): IdentityState | null {
  if (hashes.length !== statements.length || trusts.length !== hashes.length) return null;
  const past: IdentityLogState[] = [];
  let head: IdentityHead = START.head;
  for (const [n, { text }] of statements.entries()) {
    const statement = JSON.parse(text) as IdentityStatement;
    const verdict = judgeIdentity(past.at(-1) ?? null, head, statement, person);
    const h = hashes[n];
    if (!verdict.ok || h === undefined) return null;
    past.push(verdict.state);
    head = { n, h };
  }
  const [log, trust] = [past.at(-1), trusts.at(-1)];
  if (log === undefined || trust === undefined) return null;
  return { person, origin, head, hashes, past, log, trust, trusts };
}

async function replayStatement(
  before: Progress,
  wire: WireStatement,
  person: PersonId,
  pins: Pins,
): Promise<Progress | IdentityFaultCode> {
  const value = orNull(() => parseCanonical(wire.text));
  if (isOfLaterVersion(value)) return 'newer';
  const parsed = IdentityStatement.safeParse(value);
  if (!parsed.success) return 'form';
  const statement = parsed.data;
  if (statement.origin !== pins.origin) return 'origin';
  const state = before.past.at(-1) ?? null;
  const wrong = checkKeys(statement.payload) ?? checkSignatures(state, statement, wire);
  if (wrong !== null) return wrong;
  const named = statement.n > 0 || (hash(personIdHashed(wire.text)) as string) === person;
  if (!named) return 'person-id';
  const verdict = judgeIdentity(state, before.head, statement, person);
  if (!verdict.ok) return verdict.why;
  const h = hash(identityHashed(wire.text, wire.signature));
  const attested = await attestedBy(before, wire, statement, h, pins);
  if (typeof attested === 'string') return attested;
  return {
    head: { n: statement.n, h },
    hashes: [...before.hashes, h],
    past: [...before.past, verdict.state],
    trusts: [...before.trusts, ...standing(attested, verdict.state)],
    attested,
  };
}

/** Who the person is by the last attestation that did not fall: the genesis' never does. */
function standing(attested: readonly Attesting[], { fallen }: IdentityLogState): Trust[] {
  return attested
    .filter(({ n }) => !fallen.has(n))
    .slice(-1)
    .map(({ trust }) => trust);
}

/** Keys that enter a log: strict, sealable, and named by their own hash. */
function checkKeys(payload: IdentityPayload): IdentityFaultCode | null {
  const signing = possessionKeyOf(payload);
  if (signing !== null && !isStrictKey(signing)) return 'key-invalid';
  if (!('keys' in payload || 'sealingKey' in payload || 'publicKey' in payload)) return null;
  if (payload.kind === 'person-key.rotated') {
    return canBeSealedTo(payload.publicKey) ? null : 'key-invalid';
  }
  if (payload.kind === 'recovery-key.set') {
    return canBeSealedTo(payload.sealingKey) ? null : 'key-invalid';
  }
  const { device, signingKey, sealingKey } = payload.keys;
  if (!canBeSealedTo(sealingKey)) return 'key-invalid';
  const id: string = hash(deviceIdHashed(signingKey, sealingKey));
  return id === device ? null : 'device-id';
}

function checkSignatures(
  state: IdentityLogState | null,
  statement: IdentityStatement,
  wire: WireStatement,
): IdentityFaultCode | null {
  const signer = signerKeyOf(state, statement);
  if (signer === null) return 'signer-not-live';
  const signed = identitySigned(statement.origin, wire.text);
  if (!verifyStrict(signer, signed, wire.signature)) return 'signature';
  const holder = possessionKeyOf(statement.payload);
  if (holder === null || wire.possession === null) {
    return holder === null && wire.possession === null ? null : 'possession';
  }
  const shown = possessionSigned(statement.origin, wire.text);
  return verifyStrict(holder, shown, wire.possession) ? null : 'possession';
}

/** What has been attested so far, with what this statement's attestation proves. */
async function attestedBy(
  { head: before, trusts, attested }: Progress,
  wire: WireStatement,
  statement: IdentityStatement,
  h: Hash,
  pins: Pins,
): Promise<readonly Attesting[] | AttestationFault> {
  const wanted = attestationWanted(statement);
  const { attestation } = wire;
  if (attestation === null) return wanted === null ? attested : 'attestation-missing';
  const subject = { statement, hash: h, before };
  const found = await checkAttestation(attestation, wanted ?? 'device', subject, pins);
  const isDated = wanted === 'reset' || wanted === 'continuity';
  if (isDated && !isDatedBy(found, statement.at)) return 'attestation-time';
  const trust = mergeTrust(trusts.at(-1) ?? null, found, wanted === 'continuity');
  if (typeof trust === 'string') return trust;
  return [...attested, { n: statement.n, trust }];
}

/**
 * Whether the provider's own clock says the same as the statement: a wait between two statements is
 * then proven by the provider, whatever their author and the server would have us believe.
 */
function isDatedBy(attested: Attested, at: number): boolean {
  if (!('trust' in attested) || attested.trust.level !== 'certified') return true;
  const apart = Math.abs(attested.trust.since - at);
  return apart <= LIMITS.loginAttemptMs.value + LIMITS.clockSkewMs.value;
}

/**
 * A recovery or reset must be attested as the genesis was, and for the same person. A statement of
 * continuity alone, which a device of the person signs, may bring a number that the provider ties
 * to nobody: then under the same name, and colleagues look at it before they rely on it.
 */
function mergeTrust(
  known: Trust | null,
  attested: Attested,
  isContinuity: boolean,
): Trust | AttestationFault {
  if ('fault' in attested) return attested.fault;
  const { trust } = attested;
  if (known === null) return trust;
  if (known.level === 'server' || trust.level === 'server') return weaker(known, trust);
  if (known.level === 'certified' && trust.level === 'certified') {
    const tie = continuityOf(known.claims, trust.claims);
    if (tie === 'another' || (tie === 'unproven' && !isContinuity)) return 'another-person';
    return isSameName(known.claims, trust.claims) ? known : trust;
  }
  if (known.level === 'vouched' && trust.level === 'vouched') {
    return known.nameHash === trust.nameHash ? known : 'another-person';
  }
  return 'another-person';
}

function weaker(known: Trust, trust: Trust): Trust {
  return known.level === 'server' ? known : trust;
}
