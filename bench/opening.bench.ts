/**
 * Opening 10,000 entries as the SDK's sync does (replay of the circle's sequence, then each body),
 * against raw verification and opening of the same bytes. Both are one thread's work, so the
 * processor's time is counted: what else the machine does meanwhile falls on neither. Rounds
 * alternate, and the medians are compared.
 */
import { fromBase64Url, u64, utf8 } from '@liaison/contract/bytes';
import { framed } from '@liaison/contract/encoding';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { Origin, type PersonId } from '@liaison/contract/ids';
import type { ItemHeader, WireItem } from '@liaison/contract/item';
import { itemSigned } from '@liaison/contract/signing';
import { NONCE_BYTES } from '@liaison/sdk/crypto/aead';
import { type BodyContext, openBody } from '@liaison/sdk/crypto/body';
import { ready } from '@liaison/sdk/crypto/sodium';
import { type Lookups, replayItem, startReplay } from '@liaison/sdk/logs/circle-log';
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
const WARM_UP = 1_000;
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

/** What sync does with a page, and a screen with each of its entries. */
function replayMs({ channel, items, lookups }: Log): number {
  const started = process.cpuUsage();
  let replay = startReplay(channel.circle, ORIGIN);
  for (const item of items) {
    const result = replayItem(replay, item, lookups);
    if (result.outcome !== 'accepted') throw new Error(`A made item is ${result.outcome}.`);
    replay = result.replay;
    if (item.body === null) continue;
    const { header } = result;
    const context = contextOf(channel, header);
    const body = openBody(channel.keys.contentKey, fromBase64Url(item.body), context);
    if (!body.ok || findEntryKind(header.kind)?.body.safeParse(body.value).success !== true) {
      throw new Error('A made entry does not open.');
    }
  }
  return processorMs(started);
}

export async function opening(): Promise<Figure[]> {
  await ready();
  const { log, raw } = makeLog(Date.now());
  const [ours, floor]: [number[], number[]] = [[], []];
  rawOpeningMs(raw.slice(0, WARM_UP));
  replayMs({ ...log, items: log.items.slice(0, WARM_UP) });
  const another = rounds(ROUNDS, BUDGET_MS);
  while (another()) {
    floor.push(rawOpeningMs(raw));
    ours.push(replayMs(log));
  }
  const name = `opening ${ENTRIES} entries`;
  return [compared(name, 'processor ms', median(ours), median(floor), { atMost: 1.5 })];
}
