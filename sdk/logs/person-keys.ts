/**
 * Person key generations: a new one with its copies for every live device and the recovery key, and
 * the way back from copies through `previous` links to all generations.
 */
import type { DeviceId, Hash, Origin, PersonId, SealingKey } from '@liaison/contract/ids';
import type { IdentityHead, IdentityPayload, PersonKeyCopy } from '@liaison/contract/identity';
import {
  type IdentityLogState,
  keyRecipients,
  type PersonKey,
} from '@liaison/contract/identity-rules';
import { openBacklink, sealBacklink } from '../crypto/backlink.js';
import { copiesRoot } from '../crypto/copies-tree.js';
import { derivePersonKeys, type PersonKeys } from '../crypto/epoch.js';
import { type RandomBytes, random32, randomBytes } from '../crypto/random.js';
import {
  type CopyContext,
  keyHash,
  openCopy,
  sealCopy,
  type SealingPair,
} from '../crypto/sealing.js';
import {
  type BuiltStatement,
  buildStatement,
  type StatementSigner,
} from './identity-statements.js';

type Reason = Extract<IdentityPayload, { kind: 'person-key.rotated' }>['reason'];
type Recipient = DeviceId | 'recovery';

export interface RotationDraft {
  readonly origin: Origin;
  readonly log: IdentityLogState;
  /** Head before the rotation. */
  readonly head: IdentityHead;
  readonly at: number;
  readonly signer: StatementSigner;
  readonly reason: Reason;
  /** The generation before, where this device holds it: carried under the new one. */
  readonly previous: PersonKeys | null;
}

export interface Rotation extends BuiltStatement {
  readonly keys: PersonKeys;
  readonly copies: readonly PersonKeyCopy[];
}

function sealingKeyOf(log: IdentityLogState, recipient: string): SealingKey {
  const known =
    recipient === 'recovery'
      ? log.recovery?.sealingKey
      : log.devices.get(recipient as DeviceId)?.keys.sealingKey;
  if (known === undefined) throw new RangeError('person key: a recipient without a key');
  return known;
}

function copyContext(person: PersonId, number: number, commitment: Hash, prev: Hash): CopyContext {
  return { owner: person, number, commitment, prev };
}

function linkContext(person: PersonId, later: number, earlier: number, commitment: Hash) {
  return { owner: person, later, earlier, commitment };
}

export function rotatePersonKey(draft: RotationDraft, random: RandomBytes = randomBytes): Rotation {
  const { origin, log, head, at, signer, reason } = draft;
  const { person } = log;
  const generation = log.lastGeneration + 1;
  const keys = derivePersonKeys(random32(random));
  const context = copyContext(person, generation, keys.keyHash, head.h);
  const addressed = keyRecipients(log).map((recipient) => ({
    recipient: recipient as Recipient,
    copy: sealCopy(keys.secret, sealingKeyOf(log, recipient), context),
  }));
  const payload: IdentityPayload = {
    kind: 'person-key.rotated',
    generation,
    publicKey: keys.sealing.publicKey,
    reason,
    copiesRoot: copiesRoot(addressed),
    previous: sealPrevious(draft, keys, generation, random),
  };
  const built = buildStatement({ origin, person, head, at, signer, payload });
  return { ...built, keys, copies: addressed.map((one) => ({ ...one, generation })) };
}

function sealPrevious(
  { log, previous }: RotationDraft,
  keys: PersonKeys,
  generation: number,
  random: RandomBytes,
) {
  const before = log.generations.at(-1);
  if (previous === null || before === undefined) return null;
  const context = linkContext(log.person, generation, before.generation, previous.keyHash);
  return sealBacklink(keys.backlinkKey, previous.secret, context, random);
}

/** A generation sealed to one more recipient: a device just added, or a recovery key just set. */
export function copyPersonKey(
  log: IdentityLogState,
  key: PersonKey,
  keys: PersonKeys,
  recipient: Recipient,
): PersonKeyCopy {
  return sealPersonKey(log, key, keys, recipient, sealingKeyOf(log, recipient));
}

/** The same for a post, whose sealing key stands in no log. */
export function sealPersonKey(
  log: IdentityLogState,
  key: PersonKey,
  keys: PersonKeys,
  recipient: Recipient,
  sealingKey: SealingKey,
): PersonKeyCopy {
  const context = copyContext(log.person, key.generation, keys.keyHash, key.prev);
  const copy = sealCopy(keys.secret, sealingKey, context);
  return { generation: key.generation, recipient, copy };
}

/** The keys of one generation, if the secret is the one whose public key the log shows. */
function trueKeys(secret: Uint8Array | null, key: PersonKey): PersonKeys | null {
  if (secret === null) return null;
  const keys = derivePersonKeys(secret);
  return keys.sealing.publicKey === key.publicKey ? keys : null;
}

/**
 * All generations that a recipient's copies open, directly or through `previous`. A copy that does
 * not open to the key that the log shows is a dud: it is left out, and an earlier one tried.
 */
export function openPersonKeys(
  log: IdentityLogState,
  copies: readonly PersonKeyCopy[],
  recipient: Recipient,
  pair: SealingPair,
): ReadonlyMap<number, PersonKeys> {
  const open = new Map<number, PersonKeys>();
  for (const key of log.generations.toReversed()) {
    const linked = open.get(key.generation) ?? openOwn(log, key, copies, recipient, pair);
    if (linked === null) continue;
    open.set(key.generation, linked);
    const earlier = openPrevious(log, key, linked);
    if (earlier !== null) open.set(...earlier);
  }
  return open;
}

function openOwn(
  log: IdentityLogState,
  key: PersonKey,
  copies: readonly PersonKeyCopy[],
  recipient: Recipient,
  pair: SealingPair,
): PersonKeys | null {
  const context = copyContext(log.person, key.generation, keyHash(key.publicKey), key.prev);
  for (const one of copies) {
    if (one.generation !== key.generation || one.recipient !== recipient) continue;
    const keys = trueKeys(openCopy(one.copy, pair, context), key);
    if (keys !== null) return keys;
  }
  return null;
}

function openPrevious(
  { person, generations }: IdentityLogState,
  key: PersonKey,
  keys: PersonKeys,
): [number, PersonKeys] | null {
  const earlier = generations.find((one) => one.generation === key.previousGeneration);
  if (key.previous === null || earlier === undefined) return null;
  const commitment = keyHash(earlier.publicKey);
  const context = linkContext(person, key.generation, earlier.generation, commitment);
  const found = trueKeys(openBacklink(keys.backlinkKey, key.previous, context), earlier);
  return found && [earlier.generation, found];
}
