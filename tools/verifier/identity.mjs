/**
 * The verifier's reading of identity logs: who had which device when. Provider tokens are not
 * judged here: they need the provider's keys, which an export does not carry.
 */
import { bytesOf, canonical, hash, holds, must, parse, ZERO } from './primitives.mjs';

export const entering = ({ payload }) =>
  ['device.added', 'identity.reset'].includes(payload.kind) ? payload.keys : null;
const RESETS = ['identity.reset', 'identity.reset-asked'];
const isRoot = (s) => s.n === 0 || RESETS.includes(s.payload.kind);
const RESET_WAIT_MS = 72 * 3_600_000;

/** Which statement brought in what signed statement `i`: a device, or the paper then in force. */
function sourceOf(log, i) {
  const { signer } = log[i];
  if (signer === 'recovery') return identityAt(log, i).paper;
  const index = log.slice(0, i).findLastIndex((one) => entering(one)?.device === signer);
  return index < 0 ? null : index;
}

function falls(log, cuts, i) {
  if (isRoot(log[i])) return false;
  const source = sourceOf(log, i);
  const cut = cuts.some((c) => c.device === log[i].signer && c.from <= i && i < c.at);
  return cut || (source !== null && falls(log, cuts, source));
}

/** Live devices and standing keys after the first `count` statements. */
export function identityAt(log, count) {
  const seen = log.slice(0, count);
  const cuts = [];
  for (let at = seen.length - 1; at > 0; at--) {
    const { payload } = seen[at];
    if (payload.kind !== 'device.revoked' || falls(seen, cuts, at)) continue;
    cuts.push({ device: payload.device, from: payload.untrustedFrom, at });
  }
  const standing = { recovery: null, paper: null, key: null };
  const state = { ...standing, devices: new Map(), asked: new Map(), lastReset: -1 };
  seen.forEach((statement, i) => {
    if (!falls(seen, cuts, i)) applyIdentity(state, statement);
  });
  return state;
}

function applyIdentity(state, { payload, n, at }) {
  if (payload.kind === 'identity.reset') {
    state.devices.clear();
    state.asked.clear();
    [state.recovery, state.paper] = [null, null];
    state.lastReset = n;
  }
  if (payload.kind === 'identity.reset-asked') {
    state.asked.set(n, { device: payload.keys.device, at });
    return;
  }
  if (payload.kind === 'identity.reset-refused') state.asked.delete(payload.asked);
  if (payload.keys) state.devices.set(payload.keys.device, payload.keys);
  if (payload.kind === 'device.revoked') state.devices.delete(payload.device);
  if (payload.kind === 'recovery-key.set') [state.recovery, state.paper] = [payload.signingKey, n];
  if (payload.kind === 'person-key.rotated') state.key = { ...payload, n };
}

/** A device that only lends its word signs leases and nothing else. */
const signingKeyOf = (keys) => (keys?.kind === 'lending' ? undefined : keys?.signingKey);

/**
 * The key that must have signed a statement, in the state before it; undefined where nobody may.
 */
function signerKey(statement, before) {
  const { keys } = statement.payload;
  if (isRoot(statement)) {
    return keys?.device === statement.signer ? signingKeyOf(keys) : undefined;
  }
  const { signer } = statement;
  return signer === 'recovery' ? before.recovery : signingKeyOf(before.devices.get(signer));
}

/** A key that enters the log shows that somebody holds it, and a device is named by its keys. */
function checkEntering(statement, { text, possession }, origin) {
  const { payload } = statement;
  const { keys } = payload;
  const owned = payload.kind === 'recovery-key.set' ? payload.signingKey : keys?.signingKey;
  must((owned === undefined) === (possession === null), 'possession');
  if (owned) must(holds('identity-possession', owned, origin, text, possession), 'possession');
  if (!keys) return;
  const id = hash('device-id', bytesOf(keys.signingKey), bytesOf(keys.sealingKey));
  must(keys.device === id, 'device id');
}

/** Where a device lives, a reset was asked for, was not refused, and has waited. */
function checkReset({ payload, at }, before) {
  if (payload.kind === 'identity.reset-refused') must(before.asked.has(payload.asked), 'refusal');
  if (payload.kind !== 'identity.reset') return;
  const asked = before.asked.get(payload.asked);
  must(payload.asked === null || asked?.device === payload.keys.device, 'reset not asked');
  const waited = asked !== undefined && at - asked.at >= RESET_WAIT_MS;
  const isAlone = ![...before.devices.values()].some(signingKeyOf);
  must(waited || isAlone, 'reset too soon');
}

/** Replays one person's log: statements with their hashes. Throws where it does not hold. */
export function replayIdentity(person, wire, origin) {
  const log = [];
  const hashes = [];
  wire.forEach((one, i) => {
    const statement = parse(one.text);
    must(statement.v === 1 && statement.suite === 1 && statement.origin === origin, 'identity');
    must(statement.n === i && statement.prev === (hashes[i - 1] ?? ZERO), 'identity chain');
    must(statement.person === (i === 0 ? '' : person), 'identity person');
    const before = identityAt(log, i);
    const key = signerKey(statement, before);
    must(key, 'identity signer');
    must(holds('identity-signature', key, origin, one.text, one.signature), 'identity signature');
    checkEntering(statement, one, origin);
    checkReset(statement, before);
    if (i === 0) must(person === hash('person-id', one.text), 'person id');
    log.push(statement);
    hashes.push(hash('identity', one.text, bytesOf(one.signature)));
  });
  return { log, hashes };
}

/** The key of a post, if one of its person's devices lent it that device's word in this header. */
function leasedKey({ device, lease, author, identity }, { log, hashes }, origin) {
  const { signature, ...terms } = lease;
  must(device === hash('device-id', bytesOf(lease.key), Buffer.alloc(0)), 'leased device id');
  must(lease.identity.n <= identity.n && hashes[lease.identity.n] === lease.identity.h, 'lease');
  const lender = log
    .slice(0, lease.identity.n + 1)
    .map(entering)
    .find((one) => one?.device === lease.by);
  const text = canonical({ v: 1, origin, person: author, ...terms });
  must(lender && holds('lease', lender.signingKey, origin, text, signature), 'lease signature');
  return lease.key;
}

/** The key that must have signed an item: of a device that entered, or of a post under a lease. */
export function authorKey(header, world) {
  const known = world.identity(header.author);
  if (header.lease) return leasedKey(header, known, world.origin);
  const entered = known.log.slice(0, header.identity.n + 1).map(entering);
  return entered.find((one) => one?.device === header.device)?.signingKey;
}

const LEASE_MS = 12 * 3_600_000;

/** Whether the signer counted at the head that the header cites. */
export function isAuthorLive({ device, lease, identity, at }, { log }) {
  const then = identityAt(log, identity.n + 1);
  if (!lease) return signingKeyOf(then.devices.get(device)) !== undefined;
  const kind = log.map(entering).find((one) => one?.device === lease.by)?.kind;
  const inTime = at >= lease.from && at < lease.until && lease.until - lease.from <= LEASE_MS;
  return (
    inTime && kind !== 'service' && then.devices.has(lease.by) && then.key?.n <= lease.identity.n
  );
}
