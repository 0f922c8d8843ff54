/**
 * What must hold when a life has come to rest: everybody entitled opens everything, nobody else
 * could open anything, all clients say the same, and the server's rows say what its log says.
 */
import { canonical } from '@liaison/contract/encoding';
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, DeviceId, PersonId } from '@liaison/contract/ids';
import type { IdentityLogState } from '@liaison/contract/identity-rules';
import { LIMITS } from '@liaison/contract/limits';
import { keptState } from '@liaison/sdk/circles/circle.book';
import { readRecoveryWords, recoveryKeys } from '@liaison/sdk/crypto/recovery';
import type { Engine } from '@liaison/sdk/engine';
import { CircleStates } from '../../../src/circles/circle.states.js';
import { IdentityLogs } from '../../../src/devices/identity.logs.js';
import type { LifeDevice } from '../life/device.js';
import type { Life } from '../life/life.js';
import { burgle, burglePaper, Papers } from './burglar.js';
import { Chronicle, type End, type Moment, type Self, type Written } from './chronicle.js';

export interface Verdict {
  /** Entries opened on devices that are entitled to them. */
  opened: number;
  /** Entries that a device without a right tried in vain. */
  kept: number;
  /** Entitled devices, and circles that they agree on. */
  devices: number;
  agreed: number;
  /** New beginnings: done, and refused by one of their owner's devices. */
  reset: number;
  refused: number;
  /** Members let in anew after one, by statements of colleagues. */
  readmitted: number;
  readonly unopened: string[];
  readonly stolen: string[];
  /** By a recovery code that was replaced, or for who began anew and was let in by nobody. */
  readonly reopened: string[];
  readonly disagreed: string[];
  readonly server: string[];
  readonly lost: string[];
  readonly accused: string[];
}

/** How long a client believes what it was told of keys (docs/threat-model.md, "not covered"). */
const BELIEVED_MS = 31_000;

/** What asks and what begins are dated by devices: each is off by as much as the server takes. */
const SIGN_IN_MS = 2 * (LIMITS.loginAttemptMs.value + LIMITS.clockSkewMs.value);

interface Court {
  readonly life: Life;
  readonly chronicle: Chronicle;
  readonly states: ReadonlyMap<CircleId, CircleState>;
  readonly logs: ReadonlyMap<PersonId, IdentityLogState>;
  readonly verdict: Verdict;
}

export async function judgeLife(life: Life): Promise<Verdict> {
  const verdict: Verdict = {
    ...{ opened: 0, kept: 0, devices: 0, agreed: 0, reset: 0, refused: 0, readmitted: 0 },
    ...{ unopened: [], stolen: [], reopened: [], disagreed: [], server: [], lost: [], accused: [] },
  };
  const { database } = life.server;
  const chronicle = new Chronicle(database.tables);
  const heads = database.tables.heads.all();
  const states = await new CircleStates().load(database.face, heads);
  const views = await new IdentityLogs().views(database.face, life.people());
  const logs = new Map([...views].map(([person, { state }]) => [person, state]));
  const court: Court = { life, chronicle, states, logs, verdict };
  checkServer(court);
  for (const device of life.devices()) {
    if (isRevoked(court, device)) continue;
    if (isLive(court, device)) await checkDevice(court, device);
    else verdict.unopened.push(`${device.cookie} came in nowhere`);
  }
  await checkBurglars(court);
  checkPapers(court);
  checkResets(court);
  await checkKept(court);
  return verdict;
}

const isLive = ({ logs }: Court, device: LifeDevice): boolean => {
  const { person } = device.human;
  const known = person === null ? undefined : logs.get(person)?.devices;
  return device.id !== null && known?.get(device.id)?.revokedAt === null;
};

const isRevoked = ({ logs }: Court, { id, human: { person } }: LifeDevice): boolean => {
  const known = id === null || person === null ? undefined : logs.get(person)?.devices.get(id);
  return known !== undefined && known.revokedAt !== null;
};

/** Everything but the floors of entries, which a fold of statements alone cannot know. */
function said(state: CircleState | null): string {
  return canonical({ ...keptState(state), identityFloor: null, teamFloor: null });
}

async function checkDevice(court: Court, device: LifeDevice): Promise<void> {
  const { chronicle, verdict } = court;
  const { engine, human } = device;
  const { person } = human;
  const who = device.cookie;
  if (engine === null || person === null || engine.vault.person() !== person) {
    verdict.unopened.push(`${who} does not speak for its owner`);
    return;
  }
  verdict.devices += 1;
  for (const { code, text } of await engine.evidence.all()) {
    verdict.accused.push(`${who} ${code} ${text.slice(0, 400)}`);
  }
  for (const circle of chronicle.circles()) {
    if (!chronicle.reads(person, circle)) continue;
    await checkBook(court, who, engine, circle, chronicle.now(person));
  }
}

async function checkBook(
  court: Court,
  who: string,
  engine: Engine,
  circle: CircleId,
  self: Self,
): Promise<void> {
  const { life, chronicle, states, verdict } = court;
  const book = await engine.library.book(circle);
  const head = life.server.database.tables.heads.get(circle, '');
  const where = `${who} ${circle.slice(0, 6)}`;
  if (book.head.k !== head?.k || book.head.h !== head.h) {
    verdict.disagreed.push(`${where} stands at ${book.head.k} of ${head?.k}`);
    return;
  }
  const state = states.get(circle) ?? null;
  if (said(book.state) !== said(state)) verdict.disagreed.push(`${where} folds another state`);
  const members = [...(book.state?.members.keys() ?? [])].sort();
  if (members.join() !== chronicle.membersOf(circle).join()) {
    verdict.disagreed.push(`${where} knows other members`);
  }
  verdict.agreed += 1;
  // Who began anew may still be listed, and is entitled to nothing until somebody lets them in.
  if (chronicle.stands(self.person, circle)) await checkEntries(court, where, engine, circle, self);
}

const OPENING_STEPS = 20;
const OPENING_STEP_MS = 50;

/** What comes while a second goes by, since keys may have to be asked for; null: nothing. */
async function inTime<T>(life: Life, work: Promise<T>): Promise<T | null> {
  const came: T[] = [];
  void work.then((value) => came.push(value));
  for (let step = 0; step < OPENING_STEPS && came.length === 0; step++) {
    await life.time.pass(step === 0 ? 0 : OPENING_STEP_MS);
  }
  return came[0] ?? null;
}

async function checkEntries(
  { life, chronicle, verdict }: Court,
  where: string,
  engine: Engine,
  circle: CircleId,
  self: Self,
) {
  const book = await engine.library.book(circle);
  const written = new Map(chronicle.written.map((entry) => [entry.entry, entry]));
  for (const item of book.items) {
    if (item.flaw !== null) verdict.disagreed.push(`${where}/${item.k} flagged ${item.flaw}`);
    if (item.header.body === null) continue;
    const opened = await inTime(life, engine.bodies.of<{ text?: string }>(book, item));
    if (opened === null) {
      verdict.unopened.push(`${where}/${item.k} is still being opened`);
      continue;
    }
    const entry = written.get(item.header.id);
    const isExcused = entry !== undefined && chronicle.isExcused(self, entry);
    if (isExcused && opened.state === 'waiting' && opened.for === 'history') continue;
    if (opened.state !== 'open') {
      const why = opened.state === 'unreadable' ? opened.why : '';
      verdict.unopened.push(`${where}/${item.k} ${opened.state} ${why}`);
      continue;
    }
    const { text } = opened.value;
    if (text !== undefined && !life.said.has(text)) verdict.disagreed.push(`${where} says ${text}`);
    verdict.opened += 1;
  }
}

/** The rows beside the log, told anew from it. */
function checkServer({ life, chronicle, verdict }: Court): void {
  const { tables } = life.server.database;
  for (const circle of chronicle.circles()) {
    const rows = tables.members.of(circle).filter(({ present }) => present);
    const members = rows.map(({ member }) => member).sort();
    if (members.join() !== chronicle.membersOf(circle).join()) {
      verdict.server.push(`members of ${circle}`);
    }
    const readers = new Set(tables.effective.of(circle).map(({ person }) => person));
    const wanted = life.people().filter((person) => chronicle.reads(person, circle));
    if ([...readers].sort().join() !== wanted.sort().join()) {
      verdict.server.push(`readers of ${circle}`);
    }
    const places = tables.items.of(circle).map(({ k }) => k);
    const head = tables.heads.get(circle, '');
    if (places.some((k, i) => k !== i) || head?.k !== places.length - 1) {
      verdict.server.push(`places of ${circle}`);
    }
  }
  for (const mistake of life.server.mistakes) verdict.server.push(stackOf(mistake));
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

async function checkBurglars(court: Court): Promise<void> {
  const papers = new Papers(court.life.server.database.tables);
  for (const { devices, person } of court.life.humans) {
    const log = person === null ? undefined : court.logs.get(person);
    if (log === undefined) continue;
    for (const device of devices) {
      // A device that only asked to begin anew is in no log, and has a right to nothing.
      if (device.id !== null && (log.devices.has(device.id) || device.isAnew)) {
        await checkBurglar(court, papers, device, device.id, log);
      }
    }
  }
}

async function checkBurglar(
  court: Court,
  papers: Papers,
  { disk, cookie }: LifeDevice,
  id: DeviceId,
  log: IdentityLogState,
): Promise<void> {
  const { life, chronicle, verdict } = court;
  const revoked = chronicle.endOf(id);
  const self = chronicle.selfOf(id);
  const left = endsOf(court, self);
  const hidden = new Set(chronicle.written.filter((one) => self && chronicle.isHidden(self, one)));
  const after = chronicle.written.filter((entry) => {
    if (hidden.has(entry)) return true;
    const ends = left.get(entry.circle) ?? null;
    return isAfter(entry, revoked) || ends?.every((end) => isAfter(entry, end)) === true;
  });
  const isWiped = (await disk.get('secrets', 'device')) === undefined;
  if (after.length === 0 || isWiped) return;
  const open = await burgle(papers, disk, log, id);
  for (const entry of after) {
    const ends = left.get(entry.circle) ?? null;
    const isClosed = !open.has(`${entry.circle}/${entry.epoch}`);
    if (isClosed) verdict.kept += 1;
    else if (
      hidden.has(entry) ||
      isLate(life, entry, revoked) ||
      ends?.every((end) => isClosedBy(court, entry, end))
    ) {
      verdict.stolen.push(`${cookie} opens ${entry.circle.slice(0, 6)}/${entry.k}`);
    }
  }
}

/** How each way of somebody into each circle ended; nobody ever had one. */
function endsOf({ chronicle }: Court, self: Self | null): Map<CircleId, End[] | null> {
  const circles = chronicle.circles();
  return new Map(
    circles.map((circle) => [circle, self === null ? [] : chronicle.endsOf(self, circle)]),
  );
}

/** Who finds a paper that was replaced opens nothing that was written since. */
function checkPapers(court: Court): void {
  const rows = new Papers(court.life.server.database.tables);
  for (const { name, person, papers } of court.life.humans) {
    const log = person === null ? undefined : court.logs.get(person);
    if (log === undefined) continue;
    for (const [i, words] of papers.entries()) checkPaper(court, rows, `${name}/${i}`, log, words);
  }
}

/** Papers of the gatherings come again in every life, and each reading goes through a list. */
const entropies = new Map<string, Uint8Array>();
/** Those of a life's own are read once: room for the gatherings' is enough. */
const READ_PAPERS = 500;

function entropyOf(words: readonly string[]): Uint8Array {
  const text = words.join(' ');
  const known = entropies.get(text);
  if (known !== undefined) return known;
  const read = readRecoveryWords(words);
  if (!read.ok) throw new Error('verdict: a paper that cannot be read');
  if (entropies.size >= READ_PAPERS) entropies.clear();
  entropies.set(text, read.entropy);
  return read.entropy;
}

function checkPaper(
  court: Court,
  rows: Papers,
  name: string,
  log: IdentityLogState,
  words: readonly string[],
): void {
  const { life, chronicle, verdict } = court;
  const keys = recoveryKeys(entropyOf(words), log.person);
  const end = chronicle.endOfPaper(keys.signing.publicKey);
  if (end === null || log.recovery?.signingKey === keys.signing.publicKey) return;
  const self = chronicle.selfOfPaper(keys.signing.publicKey);
  // A new beginning ends each way of its own; another paper ends all of them at once.
  const left = self?.end?.order === end.order ? endsOf(court, self) : null;
  const late = chronicle.written.filter((entry) => {
    if (left === null) return isLate(life, entry, end);
    return left.get(entry.circle)?.every((way) => isClosedBy(court, entry, way)) === true;
  });
  const open = late.length === 0 ? null : burglePaper(rows, log, keys.sealing);
  for (const entry of late) {
    if (open?.has(`${entry.circle}/${entry.epoch}`) !== true) verdict.kept += 1;
    else verdict.reopened.push(`paper ${name} opens ${entry.circle.slice(0, 6)}/${entry.k}`);
  }
}

/** Nobody begins anew over an objection or before its time, or is what they were before. */
function checkResets({ life, chronicle, verdict }: Court): void {
  verdict.reset = chronicle.resets.length;
  verdict.readmitted = chronicle.readmitted;
  for (const { name, person, refused } of life.humans) {
    verdict.refused += refused.length;
    for (const one of chronicle.resets.filter((reset) => reset.person === person)) {
      const { asked, now, live } = one;
      // A refusal that came after the new beginning changes nothing, and throws nothing.
      if (refused.some(({ n, order }) => n === asked?.n && order < now.order)) {
        verdict.reopened.push(`${name} began anew though it was refused`);
      }
      const waited = asked === null ? 0 : now.at - asked.at;
      if (live > 0 && waited < LIMITS.resetWaitMs.value - SIGN_IN_MS) {
        verdict.reopened.push(`${name} began anew after ${waited} ms, with ${live} live devices`);
      }
    }
  }
  for (const entry of chronicle.written) {
    for (const [person, since] of chronicle.forgotten(entry)) {
      if (!isLate(life, entry, since)) continue;
      const where = `${entry.circle.slice(0, 6)}/${entry.k}`;
      verdict.reopened.push(`${where} still counts ${person.slice(0, 6)}, who began anew`);
    }
  }
}

const isAfter = ({ order }: Written, end: Moment | null): boolean =>
  end !== null && order > end.order;

/**
 * Whether an entry must be closed to whoever read its circle until then. What an outsider seals to
 * a team that somebody left is open to them until one of the team turned its key, since none of the
 * team may be awake (docs/decisions/0015). Who is of the team turns it before they write, and when
 * all are awake, it is turned before anybody does.
 */
function isClosedBy({ life, chronicle }: Court, entry: Written, end: End): boolean {
  if (!isLate(life, entry, end)) return false;
  const { kept } = end;
  if (kept === undefined || chronicle.isOfTeam(entry, kept.team)) return true;
  // Nobody is left in the team: no time makes anybody turn its key.
  if (kept.until === null) return false;
  if (life.calmSince !== null && entry.order > life.calmSince) return true;
  return isLate(life, entry, kept.until);
}

/**
 * Whether the author had to know of it: as a writer in the very circle that it is of, as somebody
 * who wrote through that team and cited it, or since half a minute has passed (threat model).
 */
function isLate(life: Life, entry: Written, end: Moment | null): boolean {
  if (end === null || !isAfter(entry, end)) return false;
  const { circle, team, signedAt } = entry;
  if (end.place?.circle === circle) return true;
  if (end.place !== null && end.place.circle === team?.circle && end.place.k <= team.head.k) {
    return true;
  }
  return signedAt > end.at + BELIEVED_MS + life.furthestSkewMs;
}

/** What a device kept has arrived, once, or its owner was told that it did not. */
async function checkKept({ life, verdict }: Court): Promise<void> {
  const arrived = new Map<string, number>();
  for (const { entry } of life.server.database.tables.items.all()) {
    arrived.set(entry, (arrived.get(entry) ?? 0) + 1);
  }
  for (const [entry, times] of arrived) if (times > 1) verdict.lost.push(`${entry} came twice`);
  for (const [entry, device] of life.kept) {
    if (arrived.has(entry)) continue;
    const holder = life.devices().find(({ id }) => id === device);
    const waits = holder?.engine?.outbox
      .waiting()
      .some(({ id, refusal }) => id === entry && refusal);
    if (holder === undefined || waits === true) continue;
    const state = holder.engine?.outbox.waiting().some(({ id }) => id === entry) ? 'waits' : 'gone';
    verdict.lost.push(`${entry} of ${holder.cookie} ${state}`);
  }
}
