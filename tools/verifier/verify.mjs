/**
 * An independent reader of the protocol: replays an exported circle by what docs/protocol.md says,
 * with Node's built-ins and libsodium only and none of the product's code, and prints what it
 * found. If it and the SDK disagree, one of them or the page is wrong.
 *
 *   node tools/verifier/verify.mjs export.json…      one line of findings each
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import libsodium from 'libsodium-wrappers';
import { authorKey, identityAt, isAuthorLive, replayIdentity } from './identity.mjs';
import {
  bytesOf,
  canonical,
  hash,
  holds,
  must,
  openBodies,
  parse,
  Refused,
  u64,
  ZERO,
} from './primitives.mjs';

// --- The law of circles -------------------------------------------------------------------------
const STATEMENTS = new Set([
  'circle.created',
  'member.added',
  'member.removed',
  'role.changed',
  'policy.changed',
  'epoch.opened',
  'epoch.resealed',
  'copy.disputed',
]);
const [SECTOR_PEOPLE, MEMBERS] = [64, 2048];
const acting = (h) => (h.team ? `t.${h.team.circle}` : `p.${h.author}`);
const presentAt = (members, at) =>
  [...members.values()].filter((m) => m.until === null || at < m.until);

function judgeEpoch(state, members, header, facts) {
  const lapsed = (facts.lapsed ?? []).map((l) => l.member);
  const there = presentAt(members, header.at).map((m) => m.member);
  const present = there.filter((m) => !lapsed.includes(m));
  must(present.length + lapsed.length === there.length, 'lapsed members');
  const pinned = facts.recipients.map((r) => r.member);
  must(facts.epoch === (state.epoch?.epoch ?? 0) + 1, 'epoch number');
  must(new Set(pinned).size === pinned.length && pinned.length === present.length, 'epoch pins');
  must(
    present.every((m) => pinned.includes(m)),
    'epoch pins',
  );
  const generation = new Map(state.epoch?.recipients.map((r) => [r.member, r.generation]));
  must(
    facts.recipients.every((r) => r.generation >= (generation.get(r.member) ?? 0)),
    'older key',
  );
  const linked = facts.backlinks.map((l) => l.epoch);
  must(
    facts.backlinks.every((l) => state.commitments.get(l.epoch) === l.commitment),
    'backlink',
  );
  if (facts.because === 'history-cut') return;
  must(canonical(linked) === canonical(state.epoch ? [state.epoch.epoch] : []), 'backlinks');
}

function due(state, header, facts) {
  const now = state.epoch;
  const guestsGone = presentAt(state.members, header.at).length < state.members.size;
  const old = () => header.at - now.openedAt >= state.policy.epochMaxAgeDays * 86_400_000;
  const long = () => header.seen.k - now.openedK >= state.policy.epochMaxItems;
  const moved = (r) =>
    now?.recipients.some((b) => b.member === r.member && r.generation > b.generation);
  return {
    first: () => now === null,
    'member-removed': () => false,
    'member-left': () => state.left || guestsGone,
    'history-cut': () => true,
    age: () => now !== null && (old() || long()),
    'key-moved': () => facts.lapsed !== undefined || facts.recipients.some(moved),
  }[facts.because]();
}

function openEpoch(state, header, facts, k) {
  for (const { member } of facts.lapsed ?? []) {
    state.members.delete(member);
    state.admitted.delete(member);
  }
  state.members = new Map(presentAt(state.members, header.at).map((m) => [m.member, m]));
  state.epoch = { ...facts, openedAt: header.at, openedK: k };
  state.commitments.set(facts.epoch, facts.commitment);
  state.left = false;
  raise(state, facts.recipients);
}

function raise(state, pins) {
  for (const { member, head } of pins) {
    state.floors.set(member, Math.max(head.k, state.floors.get(member) ?? 0));
    if (!state.admitted.has(member)) state.admitted.set(member, head.k);
  }
}

/** Whether somebody let in at one index of their log has begun a new identity since. */
const isNewOne = (admitted, member, lastReset) => lastReset > (admitted.get(member) ?? Infinity);

/** Nobody permanent would manage it any more. A sector is managed through its circle. */
function orphaned({ kind, members }, without) {
  if (kind === 'sector' || members.get(without)?.role !== 'admin') return false;
  const others = [...members.values()].filter((m) => m.member !== without);
  return others.length > 0 && !others.some((m) => m.role === 'admin' && m.until === null);
}

const LAW = {
  'member.added': (state, header, { spec, pin }, role) => {
    must(role === 'admin' && state.epoch && pin.member === spec.member, 'member.added');
    must(!state.members.has(spec.member), 'member twice');
    must(!(['team', 'sector'].includes(state.kind) && spec.member.startsWith('t.')), 'nested team');
    must(state.members.size < (state.kind === 'sector' ? SECTOR_PEOPLE : MEMBERS), 'full');
    state.members.set(spec.member, spec);
    state.admitted.delete(spec.member);
    state.epoch.recipients = [...state.epoch.recipients, pin];
    raise(state, [pin]);
  },
  'member.removed': (state, header, { member, next }, role, k) => {
    must(state.members.has(member), 'no such member');
    const left = new Map(state.members);
    left.delete(member);
    state.admitted.delete(member);
    if (next === null) {
      must(member === `p.${header.author}`, 'removes another without a new epoch');
      must(!orphaned(state, member), 'last admin');
      state.members = left;
      state.left = true;
      return;
    }
    must(
      role === 'admin' && member !== acting(header) && next.because === 'member-removed',
      'removal',
    );
    judgeEpoch(state, left, header, next);
    state.members = left;
    openEpoch(state, header, next, k);
  },
  'role.changed': (state, header, { member, role: to }, role) => {
    must(role === 'admin' && state.members.has(member), 'role.changed');
    must(to === 'admin' || !orphaned(state, member), 'last admin');
    state.members.set(member, { ...state.members.get(member), role: to });
  },
  'policy.changed': (state, header, { policy }, role) => {
    must(role === 'admin', 'policy.changed');
    state.policy = policy;
  },
  'epoch.opened': (state, header, facts, role, k) => {
    must(role !== 'reader' && (facts.because !== 'history-cut' || role === 'admin'), 'epoch right');
    must(due(state, header, facts), 'epoch not due');
    judgeEpoch(state, state.members, header, facts);
    openEpoch(state, header, facts, k);
  },
  'epoch.resealed': (state, header, facts, role) => {
    must(role === 'admin' && facts.epoch === state.epoch?.epoch, 'reseal');
    must(
      facts.recipients.every((r) => state.members.has(r.member)),
      'reseal recipients',
    );
    const again = new Set(facts.recipients.map((r) => r.member));
    state.epoch.recipients = state.epoch.recipients
      .filter((r) => !again.has(r.member))
      .concat(facts.recipients);
    raise(state, facts.recipients);
  },
  'copy.disputed': (state, header, facts) => {
    must(facts.member === acting(header), 'dispute of another');
    must(state.commitments.has(facts.epoch), 'dispute');
  },
};

function begin(header, text, circle, k, h, inTeam) {
  const { facts } = header;
  must(header.kind === 'circle.created' && k === 0 && header.circle === '', 'begins no circle');
  must(
    circle === hash('circle-id', text) && header.members.k === -1 && header.epoch === 0,
    'circle id',
  );
  const members = new Map(facts.members.map((m) => [m.member, m]));
  must(members.size === facts.members.length, 'a member twice');
  must((facts.kind === 'community') === (facts.community === null), 'community');
  const nested = ['team', 'sector'].includes(facts.kind);
  must(!(nested && facts.members.some((m) => m.member.startsWith('t.'))), 'nested team');
  must(facts.kind !== 'sector' || members.size <= SECTOR_PEOPLE, 'sector full');
  const me = members.get(acting(header));
  must(
    me?.role === 'admin' && (me.until === null || header.at < me.until) && (!header.team || inTeam),
    'creator',
  );
  const floors = new Map([[`p.${header.author}`, header.identity.n]]);
  if (header.team) floors.set(acting(header), header.team.head.k);
  return {
    circle,
    kind: facts.kind,
    policy: facts.policy,
    members,
    floors,
    admitted: new Map(header.team ? [] : [[`p.${header.author}`, header.identity.n]]),
    epoch: null,
    commitments: new Map(),
    left: false,
    membersHead: { k: 0, h },
  };
}

const BY_ADMINS = new Set(['team.endorsed', 'team.withdrawn', 'plan.ended']);
/** A reader's only entry is the word that they joined. */
const mayWrite = (role, kind) =>
  role === 'admin' || (role === 'reader' ? kind === 'circle.joined' : !BY_ADMINS.has(kind));

/** What somebody erases stands there, and is theirs, their team's, or in their keeping. */
function checkErasure({ kind, members }, header, chain, written) {
  if (header.kind !== 'bodies.erased') return [];
  const role = members.get(acting(header))?.role;
  const keeps = role === 'admin' && ['file', 'handoff', 'community'].includes(kind);
  must(
    keeps || ['file', 'handoff', 'community', 'channel'].includes(kind),
    'nothing is erased here',
  );
  for (const { k, h } of header.facts.of) {
    const target = written.get(k);
    must(target && chain[k] === h, 'nothing to erase there');
    const ours = header.team !== null && acting(target) === acting(header);
    must(keeps || ours || target.author === header.author, 'another’s words');
  }
  return header.facts.of.map(({ k }) => k);
}

/** The circle's next state, or a Refused that says why the item changes nothing. */
function judge(before, header, k, h, inTeam, lastReset) {
  const state = structuredClone(before);
  must(header.circle === state.circle, 'another circle');
  must(canonical(header.members) === canonical(state.membersHead), 'old membership');
  must(header.epoch === (state.epoch?.epoch ?? 0) && header.seen.k < k, 'old epoch');
  const floor = (member) => state.floors.get(member) ?? -1;
  must(header.identity.n >= floor(`p.${header.author}`), 'old identity');
  must(!header.team || (inTeam && header.team.head.k >= floor(acting(header))), 'team');
  const me = state.members.get(acting(header));
  must(me && (me.until === null || header.at < me.until), 'no member');
  must(!isNewOne(state.admitted, acting(header), lastReset), 'a new identity');
  state.floors.set(`p.${header.author}`, header.identity.n);
  if (header.team) state.floors.set(acting(header), header.team.head.k);
  if (!STATEMENTS.has(header.kind)) {
    must(state.epoch && header.body && mayWrite(me.role, header.kind), 'entry');
    return state;
  }
  must(header.body === null && header.kv === 1 && header.critical, 'statement');
  must(header.kind in LAW, 'a circle begins once');
  LAW[header.kind](state, header, header.facts, me.role, k);
  state.membersHead = { k, h };
  return state;
}

// --- Circles ------------------------------------------------------------------------------------
/** What an author's signature, device and heads must show. A failure here is the server's. */
function checkAuthor(item, header, chain, world) {
  must(header.v === 1 && header.suite === 1 && header.origin === world.origin, 'version or origin');
  const { hashes } = world.identity(header.author);
  must(hashes[header.identity.n] === header.identity.h, 'identity head');
  const key = authorKey(header, world);
  must(key && holds('item-signature', key, world.origin, item.text, item.signature), 'signature');
  must(
    header.seen.k < 0 || chain[header.seen.k] === header.seen.h || header.seen.k >= item.k,
    'seen',
  );
  if (item.body !== null) must(header.body === hash('body', bytesOf(item.body)), 'body');
}

/** The hash under which an item stands in the chain, recomputed where the item is whole. */
function itemHashOf(entry, k) {
  const item = 'hash' in entry ? entry.statement : entry;
  const itemHash = item ? hash('item', item.text, bytesOf(item.signature)) : entry.hash;
  must(entry.k === k && (!('hash' in entry) || entry.hash === itemHash), 'order');
  return { item, itemHash };
}

/** Devices live at the head that they cite, counters grow, ids are used once. */
function checkDevice(header, world, counters, ids) {
  must(isAuthorLive(header, world.identity(header.author)), 'device revoked');
  const last = counters.get(header.device);
  const newer = !last || header.inc > last.inc || (header.inc === last.inc && header.n > last.n);
  must(newer, 'counter');
  must(!ids.has(header.id), 'entry id');
}

const resetAt = (world, person, n) => identityAt(world.identity(person).log, n + 1).lastReset;

/** Whoever is left out as a new identity is one, by their own log as far as it is cited. */
function checkLapsed({ admitted }, { facts }, world) {
  for (const { member, head } of facts.lapsed ?? facts.next?.lapsed ?? []) {
    const person = member.slice(2);
    must(world.identity(person).hashes[head.k] === head.h, 'identity head');
    must(isNewOne(admitted, member, resetAt(world, person, head.k)), 'the same as ever');
  }
}

/** Replays a circle's items (whole, or as a skeleton). Throws where the server must have lied. */
export function replayCircle(circle, items, world) {
  const chain = [];
  const heads = new Map();
  const flagged = [];
  const counters = new Map();
  const ids = new Set();
  const written = new Map();
  const erased = new Set();
  const missing = new Set();
  let state = null;
  items.forEach((entry, k) => {
    const { item, itemHash } = itemHashOf(entry, k);
    const h = hash('chain', bytesOf(chain[k - 1] ?? ZERO), u64(k), bytesOf(itemHash));
    chain.push(h);
    if (item === null) return;
    const header = parse(item.text);
    checkAuthor(item, header, chain, world);
    if (header.body !== null && item.body === null) missing.add(k);
    try {
      checkDevice(header, world, counters, ids);
      const lastReset = resetAt(world, header.author, header.identity.n);
      const inTeam = header.team ? world.inTeam(header.team, header.author, lastReset) : false;
      const before = state;
      if (before) checkLapsed(before, header, world);
      const next = before
        ? judge(before, header, k, h, inTeam, lastReset)
        : begin(header, item.text, circle, k, h, inTeam);
      for (const place of checkErasure(next, header, chain, written)) erased.add(place);
      state = next;
      counters.set(header.device, header);
      ids.add(header.id);
      const members = new Set(state.members.keys());
      heads.set(k, { h: state.membersHead.h, members, admitted: new Map(state.admitted) });
    } catch (error) {
      if (!(error instanceof Refused) || k === 0) throw error;
      flagged.push({ k, why: error.message });
    }
    if (header.body !== null) written.set(k, header);
  });
  const isKept = (state?.policy.retentionDays ?? null) === null;
  const withheld = isKept ? [...missing].filter((k) => !erased.has(k)) : [];
  const head = { k: items.length - 1, h: chain.at(-1) ?? ZERO };
  return { state, heads, flagged, head, erased: [...erased].sort((a, b) => a - b), withheld };
}

/** Verifies a whole export: people, teams, the circle, and bodies where keys are given. */
export async function verifyExport(file) {
  await libsodium.ready;
  const people = new Map(
    Object.entries(file.people).map(([person, wire]) => [
      person,
      replayIdentity(person, wire, file.origin),
    ]),
  );
  const identity = (person) => people.get(person) ?? must(false, `no identity log of ${person}`);
  const world = { origin: file.origin, identity, inTeam: () => false };
  const teams = new Map(
    Object.entries(file.teams).map(([team, items]) => [team, replayCircle(team, items, world)]),
  );
  world.inTeam = ({ circle, head }, person, lastReset) => {
    const at = teams.get(circle)?.heads.get(head.k);
    const member = `p.${person}`;
    if (at?.h !== head.h || !at.members.has(member)) return false;
    return !isNewOne(at.admitted, member, lastReset);
  };
  const { state, ...found } = replayCircle(file.circle, file.items, world);
  const members = [...state.members.keys()].sort();
  const opened = openBodies(libsodium, file.items, file.keys ?? []);
  const { flagged, head, erased, withheld } = found;
  const epoch = state.epoch?.epoch ?? 0;
  return { circle: file.circle, head, members, epoch, flagged, opened, erased, withheld };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const path of process.argv.slice(2)) {
    const found = await verifyExport(JSON.parse(readFileSync(path, 'utf8')));
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
}
