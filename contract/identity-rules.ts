/**
 * The law of an identity log, run by the server before it appends and by every client as it
 * replays (docs/protocol.md, "Identity log"). Pure: it judges what statements say; signatures,
 * hashes and provider tokens are checked by each side with its own primitives.
 */
import type { DeviceId, Hash, PersonId, SealedSecret, SealingKey, SigningKey } from './ids.js';
import type { DeviceKeys, IdentityHead, IdentityPayload, IdentityStatement } from './identity.js';
import { LIMITS } from './limits.js';

export interface KnownDevice {
  readonly keys: DeviceKeys;
  readonly addedAt: number;
  /** Index of the statement that ended it; null while it lives. */
  readonly revokedAt: number | null;
}

export interface PersonKey {
  readonly generation: number;
  readonly publicKey: SealingKey;
  readonly n: number;
  /** Head before its statement: part of the context of its sealed copies. */
  readonly prev: Hash;
  readonly copiesRoot: Hash;
  readonly previous: SealedSecret | null;
  /** The generation that `previous` holds. */
  readonly previousGeneration: number | null;
}

export interface RecoveryKey {
  readonly signingKey: SigningKey;
  readonly sealingKey: SealingKey;
  readonly madeAt: number;
  readonly n: number;
}

export interface ResetAsked {
  readonly keys: DeviceKeys;
  readonly at: number;
}

/** All that a log says up to an index. Statements that fell are kept in `statements` only. */
export interface IdentityLogState {
  readonly person: PersonId;
  readonly statements: readonly IdentityStatement[];
  /** Of each, the index of what brought in its signer: a device, or the paper then in force. */
  readonly sources: readonly (number | null)[];
  readonly devices: ReadonlyMap<DeviceId, KnownDevice>;
  /** Standing generations, oldest first; the last one is sealed to. */
  readonly generations: readonly PersonKey[];
  /** Highest generation ever named, fallen ones included: numbers are never used twice. */
  readonly lastGeneration: number;
  readonly recovery: RecoveryKey | null;
  /** Resets that were asked for and that no live device refused, by index. */
  readonly asked: ReadonlyMap<number, ResetAsked>;
  /** Index of the last reset: what was granted before it is granted no more; -1 without one. */
  readonly lastReset: number;
  /** Statements that fell with whoever signed them. */
  readonly fallen: ReadonlySet<number>;
}

export type IdentityVerdict =
  | { readonly ok: true; readonly state: IdentityLogState }
  | { readonly ok: false; readonly why: IdentityRefusal };

export type IdentityRefusal =
  | 'wrong-index'
  | 'wrong-previous'
  | 'wrong-person'
  | 'log-full'
  | 'signer-not-live'
  | 'signer-not-allowed'
  | 'not-a-genesis'
  | 'device-known'
  | 'device-not-known'
  | 'too-many-devices'
  | 'fells-its-signer'
  | 'wrong-generation'
  | 'wrong-reason'
  | 'reset-not-asked'
  | 'reset-too-soon';

const refuse = (why: IdentityRefusal): IdentityVerdict => ({ ok: false, why });

/** Whether a device signs for its person. One that only lends its word signs leases alone. */
export function isSigning({ keys, revokedAt }: KnownDevice): boolean {
  return revokedAt === null && keys.kind !== 'lending';
}

/** Statements that a provider or an inviter attests: no device's fall takes them down. */
function isRoot({ n, payload }: IdentityStatement): boolean {
  return n === 0 || payload.kind === 'identity.reset' || payload.kind === 'identity.reset-asked';
}

/** The device whose keys a statement brings in, or null. */
function deviceIn(payload: IdentityPayload): DeviceKeys | null {
  return payload.kind === 'device.added' || payload.kind === 'identity.reset' ? payload.keys : null;
}

/** The device that a root statement is signed by: the one that it names. */
function namedIn(payload: IdentityPayload): DeviceKeys | null {
  return payload.kind === 'identity.reset-asked' ? payload.keys : deviceIn(payload);
}

/** The key that must sign possession, or null where no signing key enters the log. */
export function possessionKeyOf(payload: IdentityPayload): SigningKey | null {
  if (payload.kind === 'recovery-key.set') return payload.signingKey;
  return namedIn(payload)?.signingKey ?? null;
}

/** The key that must have signed this statement in that state; null where nobody may. */
export function signerKeyOf(
  state: IdentityLogState | null,
  statement: IdentityStatement,
): SigningKey | null {
  if (isRoot(statement)) {
    const keys = namedIn(statement.payload);
    const isNamed = keys?.device === statement.signer && keys.kind !== 'lending';
    return isNamed ? keys.signingKey : null;
  }
  if (statement.signer === 'recovery') return state?.recovery?.signingKey ?? null;
  const device = state?.devices.get(statement.signer);
  return device !== undefined && isSigning(device) ? device.keys.signingKey : null;
}

/**
 * What must attest a statement besides its signature; null: nothing must. A recovery needs the
 * code *and* a fresh attestation of the genesis' own type (provider token, invitation, operator).
 */
export function attestationWanted(
  statement: IdentityStatement,
): 'genesis' | 'recovery' | 'reset' | 'continuity' | null {
  if (statement.n === 0) return 'genesis';
  if (isRoot(statement)) return 'reset';
  if (statement.payload.kind === 'identity.attested') return 'continuity';
  return statement.signer === 'recovery' ? 'recovery' : null;
}

/** Who a person key generation is sealed to: live devices, then `recovery`, in byte order. */
export function keyRecipients(state: IdentityLogState): string[] {
  const live = [...state.devices.values()].filter((device) => device.revokedAt === null);
  const ids: string[] = live.map((device) => device.keys.device);
  return (state.recovery === null ? ids : [...ids, 'recovery']).sort();
}

/** Judges the next statement. `head` is the last one's index and hash; `person` the log's name. */
export function judgeIdentity(
  state: IdentityLogState | null,
  head: IdentityHead,
  statement: IdentityStatement,
  person: PersonId,
): IdentityVerdict {
  if (statement.n !== head.n + 1) return refuse('wrong-index');
  if (statement.prev !== head.h) return refuse('wrong-previous');
  if (statement.person !== (statement.n === 0 ? '' : person)) return refuse('wrong-person');
  if (statement.n >= LIMITS.identityStatements.value) return refuse('log-full');
  if (state === null && statement.payload.kind !== 'device.added') return refuse('not-a-genesis');
  if (signerKeyOf(state, statement) === null) return refuse('signer-not-live');
  const why = state === null ? null : judgePayload(state, statement);
  if (why !== null) return refuse(why);
  const next = follow(person, state, statement);
  return fellsItsSigner(next, statement) ? refuse('fells-its-signer') : { ok: true, state: next };
}

function fellsItsSigner(next: IdentityLogState, statement: IdentityStatement): boolean {
  const { payload, signer } = statement;
  if (payload.kind !== 'device.revoked' || signer === 'recovery') return false;
  return signer !== payload.device && next.devices.get(signer)?.revokedAt !== null;
}

function judgePayload(
  state: IdentityLogState,
  statement: IdentityStatement,
): IdentityRefusal | null {
  const { payload, signer } = statement;
  if (signer === 'recovery' && payload.kind !== 'device.added') return 'signer-not-allowed';
  if (payload.kind === 'identity.reset') return judgeReset(state, statement.at, payload);
  const keys = namedIn(payload);
  if (keys !== null) return judgeNewDevice(state, keys) ?? judgeRoom(state, payload);
  if (payload.kind === 'identity.reset-refused') {
    return state.asked.has(payload.asked) ? null : 'reset-not-asked';
  }
  if (payload.kind === 'device.revoked') return judgeRevoked(state, statement, payload);
  if (payload.kind === 'person-key.rotated') return judgeRotated(state, payload);
  return null;
}

function judgeNewDevice(state: IdentityLogState, keys: DeviceKeys): IdentityRefusal | null {
  const known = state.statements.some((one) => deviceIn(one.payload)?.device === keys.device);
  if (known) return 'device-known';
  return null;
}

function judgeRoom(state: IdentityLogState, payload: IdentityPayload): IdentityRefusal | null {
  const live = [...state.devices.values()].filter((device) => device.revokedAt === null);
  const isFull = live.length >= LIMITS.devicesPerPerson.value;
  return isFull && payload.kind === 'device.added' ? 'too-many-devices' : null;
}

/**
 * Where a device lives, its owner has time to object: the reset names what asked for it, and stands
 * as long after it as the law says. Both are dated by what attests them, not by who wrote them.
 */
function judgeReset(
  state: IdentityLogState,
  at: number,
  { keys, asked }: Extract<IdentityPayload, { kind: 'identity.reset' }>,
): IdentityRefusal | null {
  const isAlone = ![...state.devices.values()].some(isSigning);
  if (asked === null) return isAlone ? judgeNewDevice(state, keys) : 'reset-not-asked';
  const before = state.asked.get(asked);
  if (before?.keys.device !== keys.device) return 'reset-not-asked';
  const waited = at - before.at >= LIMITS.resetWaitMs.value;
  return waited || isAlone ? judgeNewDevice(state, keys) : 'reset-too-soon';
}

function judgeRevoked(
  state: IdentityLogState,
  statement: IdentityStatement,
  payload: Extract<IdentityPayload, { kind: 'device.revoked' }>,
): IdentityRefusal | null {
  const known = state.statements.some((one) => deviceIn(one.payload)?.device === payload.device);
  if (!known) return 'device-not-known';
  return payload.untrustedFrom > statement.n ? 'wrong-index' : null;
}

function judgeRotated(
  state: IdentityLogState,
  payload: Extract<IdentityPayload, { kind: 'person-key.rotated' }>,
): IdentityRefusal | null {
  if (payload.generation !== state.lastGeneration + 1) return 'wrong-generation';
  return (payload.reason === 'genesis') === (payload.generation === 1) ? null : 'wrong-reason';
}

/** A standing revocation: statements of `device` from `from` up to (not with) `at` fall. */
interface Cut {
  readonly from: number;
  readonly at: number;
}

type Sourced = Pick<IdentityLogState, 'statements' | 'sources'>;

/**
 * Index of the statement that brought in what signs this one. It is settled as the statement is
 * taken: a paper that falls later never signed what the paper before it did.
 */
function sourceOf(before: IdentityLogState, statement: IdentityStatement): number | null {
  if (isRoot(statement)) return null;
  if (statement.signer === 'recovery') return before.recovery?.n ?? null;
  const { signer } = statement;
  const index = before.statements.findLastIndex((one) => deviceIn(one.payload)?.device === signer);
  return index < 0 ? null : index;
}

type Cuts = ReadonlyMap<string, readonly Cut[]>;

const hits = (cuts: Cuts, signer: string, i: number): boolean =>
  cuts.get(signer)?.some((cut) => cut.from <= i && i < cut.at) === true;

/** Whether statement `i` falls: its signer was untrusted by then, or what brought it in fell. */
function falls({ statements, sources }: Sourced, cuts: Cuts, i: number): boolean {
  for (let at: number | null = i; at !== null; at = sources[at] ?? null) {
    const statement = statements[at];
    if (statement === undefined || isRoot(statement)) return false;
    if (hits(cuts, statement.signer, at)) return true;
  }
  return false;
}

/**
 * Revocations that stand, the latest first: a later word fells an earlier one, never the reverse.
 */
function standingCuts(log: Sourced): Cuts {
  const cuts = new Map<string, Cut[]>();
  for (let at = log.statements.length - 1; at > 0; at--) {
    const payload = log.statements[at]?.payload;
    if (payload?.kind !== 'device.revoked' || falls(log, cuts, at)) continue;
    const { device, untrustedFrom: from } = payload;
    const others = cuts.get(device);
    if (others === undefined) cuts.set(device, [{ from, at }]);
    else others.push({ from, at });
  }
  return cuts;
}

const nothingSaid = (person: PersonId): IdentityLogState => ({
  person,
  statements: [],
  sources: [],
  devices: new Map(),
  generations: [],
  lastGeneration: 0,
  recovery: null,
  asked: new Map(),
  lastReset: -1,
  fallen: new Set(),
});

/**
 * What the log says with one statement more. Only a revocation reaches back: any other leaves what
 * was said as it is, and is added to it. To read everything again for each statement would let one
 * long log hold up whoever reads it, the server first.
 */
function follow(
  person: PersonId,
  before: IdentityLogState | null,
  statement: IdentityStatement,
): IdentityLogState {
  const state = before ?? nothingSaid(person);
  const source = sourceOf(state, statement);
  const statements = [...state.statements, statement];
  const sources = [...state.sources, source];
  if (statement.payload.kind === 'device.revoked') return fold(person, { statements, sources });
  const isFallen = source !== null && state.fallen.has(source);
  const fallen = isFallen ? new Set(state.fallen).add(statement.n) : state.fallen;
  return { ...said(state, statement, isFallen), statements, sources, fallen };
}

function fold(person: PersonId, log: Sourced): IdentityLogState {
  const cuts = standingCuts(log);
  const fallen = new Set<number>();
  let state = nothingSaid(person);
  for (const [i, statement] of log.statements.entries()) {
    const source = log.sources[i] ?? null;
    const isFallen =
      !isRoot(statement) &&
      (hits(cuts, statement.signer, i) || (source !== null && fallen.has(source)));
    if (isFallen) fallen.add(i);
    state = said(state, statement, isFallen);
  }
  return { ...state, ...log, fallen };
}

/** A generation that fell keeps its number: none is ever used twice. */
function said(
  before: IdentityLogState,
  statement: IdentityStatement,
  isFallen: boolean,
): IdentityLogState {
  const { payload } = statement;
  const named = payload.kind === 'person-key.rotated' ? payload.generation : 0;
  const lastGeneration = Math.max(before.lastGeneration, named);
  return { ...(isFallen ? before : apply(before, statement)), lastGeneration };
}

function apply(state: IdentityLogState, statement: IdentityStatement): IdentityLogState {
  const { payload, n } = statement;
  switch (payload.kind) {
    case 'device.added':
      return { ...state, devices: withDevice(state.devices, payload.keys, n) };
    case 'identity.reset': {
      const ended = [...state.devices].map(([id, known]) => [id, endedAt(known, n)] as const);
      const devices = withDevice(new Map(ended), payload.keys, n);
      return { ...state, devices, recovery: null, asked: new Map(), lastReset: n };
    }
    case 'identity.reset-asked': {
      const { keys } = payload;
      return { ...state, asked: new Map(state.asked).set(n, { keys, at: statement.at }) };
    }
    case 'identity.attested':
      return state;
    case 'identity.reset-refused': {
      const asked = new Map(state.asked);
      asked.delete(payload.asked);
      return { ...state, asked };
    }
    case 'device.revoked': {
      const known = state.devices.get(payload.device);
      if (known === undefined) return state;
      return { ...state, devices: new Map(state.devices).set(payload.device, endedAt(known, n)) };
    }
    case 'recovery-key.set': {
      const { signingKey, sealingKey, madeAt } = payload;
      return { ...state, recovery: { signingKey, sealingKey, madeAt, n } };
    }
    case 'person-key.rotated': {
      const { generation, publicKey, copiesRoot, previous } = payload;
      const before = state.generations.at(-1)?.generation ?? null;
      const previousGeneration = previous === null ? null : before;
      const key = { generation, publicKey, n, prev: statement.prev, copiesRoot, previous };
      return { ...state, generations: [...state.generations, { ...key, previousGeneration }] };
    }
  }
}

function endedAt(known: KnownDevice, n: number): KnownDevice {
  return { ...known, revokedAt: known.revokedAt ?? n };
}

function withDevice(
  devices: ReadonlyMap<DeviceId, KnownDevice>,
  keys: DeviceKeys,
  n: number,
): ReadonlyMap<DeviceId, KnownDevice> {
  return new Map(devices).set(keys.device, { keys, addedAt: n, revokedAt: null });
}
