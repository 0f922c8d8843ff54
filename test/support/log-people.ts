/**
 * People with real keys and no server: identity logs signed by a provider made for the test, and
 * circles written with the SDK's own builders. For tests of logs; stories use the whole World.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { IdentityStatement, type IdentityLog } from '@liaison/contract/identity';
import type { ProviderFacts, ProviderKey } from '@liaison/contract/instance';
import { type CircleId, EntryId, Hash, Instant, Origin } from '@liaison/contract/ids';
import { personMember, ZERO_HASH } from '@liaison/contract/ids';
import { DEFAULT_POLICY } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { type IdentityLogState, judgeIdentity } from '@liaison/contract/identity-rules';
import type { NewItem, WireItem } from '@liaison/contract/item';
import { type Pins, nonceFor } from '@liaison/sdk/logs/attestation';
import {
  type Author,
  buildCreated,
  buildEpochOpened,
  type Recipient,
} from '@liaison/sdk/logs/circle-items';
import {
  type CircleReplay,
  type Lookups,
  replayItem,
  startReplay,
} from '@liaison/sdk/logs/circle-log';
import { isIdentityFault, replayIdentity } from '@liaison/sdk/logs/identity-log';
import { type IdentityState, presentKey } from '@liaison/sdk/logs/identity-state';
import {
  attested,
  buildGenesis,
  buildStatement,
  type BuiltStatement,
  type DeviceSecrets,
  newDevice,
  NO_STATEMENT,
  recoveryPayload,
} from '@liaison/sdk/logs/identity-statements';
import { rotatePersonKey, type Rotation } from '@liaison/sdk/logs/person-keys';
import { keyHash } from '@liaison/sdk/crypto/sealing';
import { newRecoveryEntropy, recoveryKeys, type RecoveryKeys } from '@liaison/sdk/crypto/recovery';
import { CompactSign } from 'jose';

export const ORIGIN = Origin.parse('https://liaison.test');
export const START = 1_760_000_000_000;

const ISSUER = 'https://provider.test/auth';
const AUDIENCE = 'liaison';

export class TestProvider {
  readonly #key: KeyObject;
  readonly facts: ProviderFacts;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    const key = { kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', n, e } as ProviderKey;
    this.#key = privateKey;
    this.facts = {
      issuer: ISSUER,
      audience: AUDIENCE,
      minimumAcr: 'eidas1',
      jwks: { keys: [key] },
      fictional: true,
    };
  }

  /** A token for a person, with whatever a test wants wrong in it. */
  token(nationalId: string, nonce: string, wrong: object = {}, kid = 'one'): Promise<string> {
    const claims = {
      iss: ISSUER,
      aud: AUDIENCE,
      iat: START / 1000,
      exp: START / 1000 + 120,
      acr: 'eidas1',
      nonce,
      sub: `f:99970000-0000-4000-8000-000000009997:${nationalId}`,
      SubjectNameID: nationalId,
      family_name: 'ROUX',
      given_name: 'Marie',
      SubjectRefPro: { exercices: [{ codeProfession: '60' }, { codeProfession: '' }] },
      ...wrong,
    };
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(this.#key);
  }
}

/** A person's log as their own first device wrote it. */
export interface TestPerson {
  readonly device: DeviceSecrets;
  readonly recovery: RecoveryKeys;
  readonly rotation: Rotation;
  readonly log: IdentityLog;
  readonly rules: IdentityLogState;
  readonly head: BuiltStatement['head'];
  readonly nationalId: string;
}

export const pinsOf = (provider: TestProvider | null): Pins => ({
  origin: ORIGIN,
  logKey: null,
  provider: provider?.facts ?? null,
  inviter: () => Promise.resolve(null),
});

/** The rules' state after statements that the test knows to be right. */
export function rulesOf(person: IdentityLog['person'], built: readonly BuiltStatement[]) {
  let state: IdentityLogState | null = null;
  let head = NO_STATEMENT;
  for (const one of built) {
    const statement = IdentityStatement.parse(one.statement);
    const verdict = judgeIdentity(state, head, statement, person);
    if (!verdict.ok) throw new Error(`test statement ${String(statement.n)}: ${verdict.why}`);
    state = verdict.state;
    head = one.head;
  }
  if (state === null) throw new Error('no statements');
  return state;
}

/** Genesis with a token, recovery key, first person key. */
export async function enrol(provider: TestProvider, nationalId: string): Promise<TestPerson> {
  const device = newDevice();
  const genesis = buildGenesis({ origin: ORIGIN, at: START, device });
  const { person } = genesis;
  const { nonce, random } = nonceFor('genesis', ORIGIN, NO_STATEMENT, genesis.head.h);
  const idToken = await provider.token(nationalId, nonce);
  const first = attested(genesis, { type: 'provider', purpose: 'genesis', idToken, random });
  const recovery = recoveryKeys(newRecoveryEntropy(), person);
  const signer = { id: device.keys.device, signing: device.signing };
  const draft = { origin: ORIGIN, person, at: START, signer };
  const second = buildStatement({
    ...draft,
    head: first.head,
    payload: recoveryPayload(recovery, START),
    holder: recovery.signing,
  });
  const before = rulesOf(person, [first, second]);
  const rotation = rotatePersonKey({
    ...draft,
    log: before,
    head: second.head,
    reason: 'genesis',
    previous: null,
  });
  const built = [first, second, rotation];
  const log = { person, statements: built.map(({ wire }) => wire) };
  const rules = rulesOf(person, built);
  return { device, recovery, rotation, log, rules, head: rotation.head, nationalId };
}

/** The verified state of a log; throws where it has a fault. */
export async function verified(log: IdentityLog, pins: Pins): Promise<IdentityState> {
  const state = await replayIdentity(log, pins);
  if (isIdentityFault(state)) throw new Error(`log: ${state.fault} at ${String(state.n)}`);
  return state;
}

export function authorOf(person: TestPerson): Author {
  return {
    origin: ORIGIN,
    person: person.log.person,
    device: person.device.keys.device,
    secretKey: person.device.signing.secretKey,
    inc: START,
    as: '60',
    team: null,
    identity: person.head,
    checkpoint: null,
  };
}

export function recipientOf(state: IdentityState): Recipient {
  const key = presentKey(state);
  if (key === null) throw new Error('no person key');
  const member = personMember(state.person);
  const head = { k: state.head.n, h: state.head.h };
  const pin = { member, keyHash: keyHash(key.publicKey), generation: key.generation, head };
  return { pin, key: key.publicKey };
}

let minted = 0;
export function entryId(): EntryId {
  const digits = String(minted++).padStart(12, '0');
  return EntryId.parse(`01890000-0000-7000-8000-${digits}`);
}

let counter = 0;
export const stamp = (at = START) => ({ id: entryId(), n: counter++, at });

export function wireOf(circle: CircleId, k: number, item: NewItem): WireItem {
  const { text, signature, body } = item;
  return { circle, k, text, signature, body, at: Instant.parse(START) };
}

/** Replays one more item that must be accepted. */
export function accept(replay: CircleReplay, item: NewItem, lookups: Lookups): CircleReplay {
  const done = replayItem(replay, wireOf(replay.circle, replay.head.k + 1, item), lookups);
  if (done.outcome !== 'accepted') throw new Error(`item: ${JSON.stringify(done)}`);
  return done.replay;
}

export function stateIn(replay: CircleReplay): CircleState {
  if (replay.state === null) throw new Error('no circle yet');
  return replay.state;
}

/** A channel of these people, the first its admin, with its first epoch. */
export function openChannel(people: readonly TestPerson[], lookups: Lookups) {
  const [creator] = people;
  if (creator === undefined) throw new Error('nobody');
  const author = authorOf(creator);
  const members = people.map((person, i) => ({
    member: personMember(person.log.person),
    role: i === 0 ? ('admin' as const) : ('writer' as const),
    until: null,
    historyFrom: 0,
  }));
  const created = buildCreated(author, stamp(), {
    community: Hash.parse(ZERO_HASH) as string as CircleId,
    kind: 'channel',
    salt: ZERO_HASH,
    finess: null,
    nameHash: null,
    stewards: [],
    members,
    policy: DEFAULT_POLICY,
    linked: null,
  });
  const first = accept(startReplay(created.circle, ORIGIN), created.item, lookups);
  const recipients = people.map((person) => {
    const state = lookups.identity(person.log.person);
    if (state === null) throw new Error('no identity');
    return recipientOf(state);
  });
  const parts = { recipients, current: null };
  const opened = buildEpochOpened(author, stateIn(first), first.head, stamp(), 'first', parts);
  const replay = accept(first, opened.item, lookups);
  return { replay, keys: opened.keys, created, opened };
}
