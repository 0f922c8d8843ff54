/**
 * Opening 10,000 entries as the SDK's sync does (a page is read, each of its items judged, then
 * each body opened for a screen), against raw verification and opening of the same bytes. Both are
 * one thread's work, so the processor's time is counted. Floor and ours take turns page by page,
 * so that what else the machine does meanwhile falls on both alike; the medians of pages are
 * compared.
 */
import { fromBase64Url, u64, utf8 } from '@liaison/contract/bytes';
import { framed } from '@liaison/contract/encoding';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { Origin, type PersonId } from '@liaison/contract/ids';
import type { ItemHeader, WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { itemSigned } from '@liaison/contract/signing';
import { NONCE_BYTES } from '@liaison/sdk/crypto/aead';
import { type BodyContext, openBody } from '@liaison/sdk/crypto/body';
import { ready } from '@liaison/sdk/crypto/sodium';
import {
  type CircleReplay,
  type Lookups,
  readItem,
  replayRead,
  startReplay,
} from '@liaison/sdk/logs/circle-log';
import { type MadeChannel, makeChannel, makeMessage } from './channel.maker.js';
import { compared, type Figure, median } from './figure.js';
import { type MadePerson, makePerson } from './person.maker.js';
import { processorMs, type RawEntry, rawOpeningMs } from './raw-opening.floor.js';
import { rounds } from './rounds.budget.js';

const ENTRIES = 10_000;
const WRITERS = 16;
/** The processor's time is what counts here: more rounds than this change the median little. */
const ROUNDS = 3;
/** Beyond this no further round begins. */
const BUDGET_MS = 25_000;
const WARM_UP = 5_000;
const PAGE = LIMITS.pageItems.value;
const ORIGIN = Origin.parse('http://localhost:3000');

interface Log {
  readonly channel: MadeChannel;
  readonly items: readonly WireItem[];
  readonly lookups: Lookups;
}

function contextOf(channel: MadeChannel, header: ItemHeader): BodyContext {
  const { epoch, kind, kv, id, author, device } = header;
  return { circle: channel.circle, epoch, kind, kv, id, author, device };
}

function rawContext({ circle, epoch, kind, kv, id, author, device }: BodyContext): Uint8Array {
  const [room, person, machine] = [circle, author, device].map(fromBase64Url);
  if (!room || !person || !machine) throw new Error('A context has three ids.');
  const said = [u64(epoch), utf8(kind), u64(kv), utf8(id)];
  return framed('liaison/1/body-context', room, ...said, person, machine);
}

function makeLog(now: number): { log: Log; raw: RawEntry[] } {
  const people = Array.from({ length: WRITERS }, () => makePerson(ORIGIN, now));
  const community = makeChannel(people, null, now);
  const channel = makeChannel(people, community.circle, now);
  const raw: RawEntry[] = [];
  const wire = (item: { text: string; signature: WireItem['signature'] }, k: number) => {
    return { circle: channel.circle, k, text: item.text, signature: item.signature, at: now };
  };
  const items: WireItem[] = channel.items.map((item, k) => ({ ...wire(item, k), body: null }));
  for (let i = 0; i < ENTRIES; i++) {
    const author = people[i % WRITERS]!;
    const { item, header } = makeMessage(author.author, channel, now + i);
    items.push({ ...wire(item, items.length), body: item.body });
    raw.push(rawEntry(channel, author, item.text, item.signature, item.body ?? '', header));
  }
  const known = new Map<PersonId, MadePerson>(people.map((one) => [one.author.person, one]));
  const identity: Lookups['identity'] = (person) => known.get(person)?.identity ?? null;
  return { log: { channel, items, lookups: { identity, team: () => null } }, raw };
}

function rawEntry(
  channel: MadeChannel,
  { author, identity }: MadePerson,
  text: string,
  signature: string,
  body: string,
  header: ItemHeader,
): RawEntry {
  const sealed = fromBase64Url(body);
  const device = identity.log.devices.get(author.device);
  return {
    key: fromBase64Url(device?.keys.signingKey ?? ''),
    signed: itemSigned(ORIGIN, text),
    signature: fromBase64Url(signature),
    contentKey: channel.keys.contentKey,
    nonce: sealed.subarray(0, NONCE_BYTES),
    sealed: sealed.subarray(NONCE_BYTES),
    context: rawContext(contextOf(channel, header)),
  };
}

/** What sync does with a page. */
function replayPage(from: CircleReplay, page: readonly WireItem[], { lookups }: Log) {
  let replay = from;
  const headers: ItemHeader[] = [];
  for (const item of page.map(readItem)) {
    const result = replayRead(replay, item, lookups);
    if (result.outcome !== 'accepted') throw new Error(`A made item is ${result.outcome}.`);
    replay = result.replay;
    headers.push(result.header);
  }
  return { replay, headers };
}

/** What a screen does with an entry. */
function open(channel: MadeChannel, header: ItemHeader, sealed: string): void {
  const context = contextOf(channel, header);
  const body = openBody(channel.keys.contentKey, fromBase64Url(sealed), context);
  if (!body.ok || findEntryKind(header.kind)?.body.safeParse(body.value).success !== true) {
    throw new Error('A made entry does not open.');
  }
}

interface Times {
  readonly floor: number[];
  readonly ours: number[];
}

/** Milliseconds of processor for each page, of floor and ours, which take turns. */
function round(
  { floor, ours }: Times,
  log: Log,
  raw: readonly RawEntry[],
  entries = ENTRIES,
): void {
  const { channel, items } = log;
  const statements = items.length - raw.length;
  let { replay } = replayPage(startReplay(channel.circle, ORIGIN), items.slice(0, statements), log);
  for (let from = 0; from < entries; from += PAGE) {
    const page = items.slice(statements + from, statements + from + PAGE);
    floor.push(rawOpeningMs(raw.slice(from, from + PAGE)));
    const started = process.cpuUsage();
    const taken = replayPage(replay, page, log);
    page.forEach(({ body }, i) => open(channel, taken.headers[i]!, body ?? ''));
    ours.push(processorMs(started));
    replay = taken.replay;
  }
}

export async function opening(): Promise<Figure[]> {
  await ready();
  const { log, raw } = makeLog(Date.now());
  round({ floor: [], ours: [] }, log, raw, WARM_UP);
  const times: Times = { floor: [], ours: [] };
  const another = rounds(ROUNDS, BUDGET_MS);
  while (another()) round(times, log, raw);
  const whole = (pages: readonly number[]): number => median(pages) * (ENTRIES / PAGE);
  const name = `opening ${ENTRIES} entries`;
  return [compared(name, 'processor ms', whole(times.ours), whole(times.floor), { atMost: 1.5 })];
}
