/**
 * What one identity statement must be before the law of the log is asked: canonical, ours, dated
 * within reason, its keys strict and named by their own hash, its signatures right.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { Hash, Origin, SealingKey } from '@liaison/contract/ids';
import {
  type IdentityPayload,
  IdentityStatement,
  type WireStatement,
} from '@liaison/contract/identity';
import {
  type IdentityLogState,
  possessionKeyOf,
  signerKeyOf,
} from '@liaison/contract/identity-rules';
import { LIMITS } from '@liaison/contract/limits';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import {
  deviceIdHashed,
  identityHashed,
  identitySigned,
  possessionSigned,
} from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { isStrictKey, verifyStrict } from '../platform/signatures/ed25519.js';

export interface ReadStatement {
  readonly wire: WireStatement;
  readonly statement: IdentityStatement;
  readonly hash: Hash;
}

const raw = fromBase64Url;
const invalid = (why: string): Problem => new Problem('identity_statement_invalid', why);

function parse(text: string): IdentityStatement {
  let value: unknown;
  try {
    value = parseCanonical(text);
  } catch (error) {
    throw error instanceof TypeError ? invalid('not canonical') : error;
  }
  const parsed = IdentityStatement.safeParse(value);
  if (!parsed.success) throw invalid('not a statement');
  return parsed.data;
}

/** What a statement says it is. */
export const kindOf = (wire: WireStatement): IdentityPayload['kind'] =>
  parse(wire.text).payload.kind;

/** Reads the text and checks all that needs no other statement. */
export function readStatement(wire: WireStatement, origin: Origin, now: number): ReadStatement {
  const statement = parse(wire.text);
  if (statement.origin !== origin) throw new Problem('origin_mismatch');
  if (statement.at > now + LIMITS.clockSkewMs.value) throw new Problem('clock_skew');
  checkKeys(statement);
  return { wire, statement, hash: hash(identityHashed(wire.text, wire.signature)) };
}

function checkKeys({ payload }: IdentityStatement): void {
  const key = possessionKeyOf(payload);
  if (key !== null && !isStrictKey(raw(key))) throw new Problem('key_invalid', 'signing key');
  const sealing = sealingKeyIn(payload);
  if (sealing !== null && !canBeSealedTo(sealing)) throw new Problem('key_invalid', 'sealing key');
  if (!('keys' in payload)) return;
  const { device, signingKey, sealingKey } = payload.keys;
  const named: string = hash(deviceIdHashed(signingKey, sealingKey));
  if (named !== device) throw invalid('device id');
}

/** The sealing key that a statement brings in, or null. */
function sealingKeyIn(payload: IdentityPayload): SealingKey | null {
  switch (payload.kind) {
    case 'device.added':
    case 'identity.reset-asked':
    case 'identity.reset':
      return payload.keys.sealingKey;
    case 'recovery-key.set':
      return payload.sealingKey;
    case 'person-key.rotated':
      return payload.publicKey;
    case 'device.revoked':
    case 'identity.reset-refused':
    case 'identity.attested':
      return null;
  }
}

/** Checks the signer's signature and, where a key enters the log, that its owner holds it. */
export function checkSignatures(
  state: IdentityLogState | null,
  { wire, statement }: ReadStatement,
): void {
  const signer = signerKeyOf(state, statement);
  if (signer === null) throw invalid('signer-not-live');
  const said = identitySigned(statement.origin, wire.text);
  if (!verifyStrict(raw(signer), said, raw(wire.signature))) throw new Problem('signature_invalid');
  const holder = possessionKeyOf(statement.payload);
  if ((holder === null) !== (wire.possession === null)) throw invalid('possession');
  if (holder === null || wire.possession === null) return;
  const shown = possessionSigned(statement.origin, wire.text);
  if (!verifyStrict(raw(holder), shown, raw(wire.possession))) throw invalid('possession');
}
