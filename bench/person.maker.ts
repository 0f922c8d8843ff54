/**
 * People for the benchmarks: real keys and real identity logs, made as a device makes them. Only
 * the attestation is left to whoever enrols them; nothing here talks to a server.
 */
import {
  type IdentityHead,
  IdentityStatement,
  type PersonKeyCopy,
  type WireStatement,
} from '@liaison/contract/identity';
import { type IdentityLogState, judgeIdentity } from '@liaison/contract/identity-rules';
import { type Origin, type PersonId, personMember, type SealingKey } from '@liaison/contract/ids';
import { identityHashed } from '@liaison/contract/signing';
import { hash } from '@liaison/sdk/crypto/hash';
import { newRecoveryEntropy, recoveryKeys } from '@liaison/sdk/crypto/recovery';
import { keyHash } from '@liaison/sdk/crypto/sealing';
import type { Author, Recipient } from '@liaison/sdk/logs/circle-items';
import type { IdentityState } from '@liaison/sdk/logs/identity-state';
import {
  type BuiltStatement,
  buildGenesis,
  buildStatement,
  newDevice,
  NO_STATEMENT,
  recoveryPayload,
} from '@liaison/sdk/logs/identity-statements';
import { rotatePersonKey } from '@liaison/sdk/logs/person-keys';

export interface MadePerson {
  readonly author: Author;
  /** The genesis first; it waits for its attestation. */
  readonly statements: readonly WireStatement[];
  readonly copies: readonly PersonKeyCopy[];
  readonly genesis: IdentityHead;
  /** What others seal to. */
  readonly recipient: Recipient;
  /** The log as somebody who verified it knows it. */
  readonly identity: IdentityState;
}

/** Folds statements as the law does; a refusal is a mistake of ours. */
function fold(built: readonly BuiltStatement[], person: Author['person']): IdentityLogState[] {
  const past: IdentityLogState[] = [];
  let head = NO_STATEMENT;
  for (const { statement, head: next } of built) {
    const verdict = judgeIdentity(past.at(-1) ?? null, head, statement, person);
    if (!verdict.ok) throw new Error(`A made identity log was refused: ${verdict.why}.`);
    past.push(verdict.state);
    head = next;
  }
  return past;
}

export function makePerson(origin: Origin, at: number): MadePerson {
  const device = newDevice();
  const genesis = buildGenesis({ origin, at, device });
  const { person } = genesis;
  const recovery = recoveryKeys(newRecoveryEntropy(), person);
  const signer = { id: device.keys.device, signing: device.signing };
  const payload = recoveryPayload(recovery, at);
  const holder = recovery.signing;
  const set = buildStatement({ origin, person, head: genesis.head, at, signer, payload, holder });
  const log = fold([genesis, set], person).at(-1);
  if (log === undefined) throw new Error('A made identity log is empty.');
  const draft = { origin, log, head: set.head, at, signer, reason: 'genesis' } as const;
  const rotation = rotatePersonKey({ ...draft, previous: null });
  const built = [genesis, set, rotation];
  return {
    author: {
      origin,
      person,
      device: device.keys.device,
      secretKey: device.signing.secretKey,
      inc: at,
      as: 'other',
      team: null,
      identity: rotation.head,
      checkpoint: null,
    },
    statements: built.map(({ wire }) => wire),
    copies: rotation.copies,
    genesis: genesis.head,
    recipient: recipientFor(person, rotation.keys.sealing.publicKey, rotation.head),
    identity: identityOf(origin, person, built),
  };
}

function recipientFor(person: PersonId, key: SealingKey, { n, h }: IdentityHead): Recipient {
  const pin = { member: personMember(person), keyHash: keyHash(key), generation: 1 };
  return { pin: { ...pin, head: { k: n, h } }, key };
}

/** What to seal to for somebody whose log another client wrote: its first person key. */
export function recipientIn(person: PersonId, log: readonly WireStatement[]): Recipient {
  const last = log.at(-1);
  const payloads = log.map(({ text }) => IdentityStatement.parse(JSON.parse(text)).payload);
  const key = payloads.find((payload) => payload.kind === 'person-key.rotated')?.publicKey;
  if (last === undefined || key === undefined) throw new Error('A log has no person key.');
  const h = hash(identityHashed(last.text, last.signature));
  return recipientFor(person, key, { n: log.length - 1, h });
}

function identityOf(
  origin: Origin,
  person: Author['person'],
  built: readonly BuiltStatement[],
): IdentityState {
  const past = fold(built, person);
  const log = past.at(-1);
  const head = built.at(-1)?.head;
  if (log === undefined || head === undefined) throw new Error('A made identity log is empty.');
  const hashes = built.map((one) => one.head.h);
  const trust = { level: 'server', since: 0 } as const;
  return { person, origin, head, hashes, past, log, trust, trusts: past.map(() => trust) };
}
