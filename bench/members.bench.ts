/**
 * One member more and one less, in circles of 30, 300 and 2,000 people as clients keep them: small
 * ones in person, large ones in sectors. What the sender makes stands beside the raw primitives
 * that no sender can do without: one encapsulation a copy, one signature a statement, and one
 * sealing pair an epoch, since its public half is in the statement. In a circle of 30 those last
 * two are a twentieth of the whole. What hashes, frames, wraps and judges is ours, and in no
 * floor. What a receiver does stands beside one raw verification and one raw decapsulation for
 * each statement. One thread's work: the processor's time is counted, floor and ours in turns,
 * medians compared.
 */
import { DEFAULT_POLICY, type MemberRole } from '@liaison/contract/circle';
import { type CircleState, ESTABLISHED, judge } from '@liaison/contract/circle-rules';
import { fromBase64Url } from '@liaison/contract/bytes';
import type { ServedCopy } from '@liaison/contract/circle-routes';
import {
  type CircleId,
  Hash,
  type MemberId,
  Origin,
  PersonId,
  personMember,
  teamMember,
  ZERO_HASH,
} from '@liaison/contract/ids';
import { EMPTY_HEAD, type Head, type NewItem, type WireItem } from '@liaison/contract/item';
import { itemSigned } from '@liaison/contract/signing';
import { copyProof } from '@liaison/sdk/crypto/copies-tree';
import type { EpochKeys } from '@liaison/sdk/crypto/epoch';
import { entryIds, random32, randomText } from '@liaison/sdk/crypto/random';
import { keyHash, newSealingPair, type SealingPair } from '@liaison/sdk/crypto/sealing';
import { verifyStrictBytes } from '@liaison/sdk/crypto/signing';
import { ready, sodium } from '@liaison/sdk/crypto/sodium';
import {
  type Author,
  type Built,
  buildCreated,
  buildEpochOpened,
  buildMemberAdded,
  buildMemberRemoved,
  type Recipient,
  type Stamp,
} from '@liaison/sdk/logs/circle-items';
import {
  type CircleReplay,
  type Lookups,
  replayItem,
  startReplay,
} from '@liaison/sdk/logs/circle-log';
import { epochOpenedBy, openServedCopy } from '@liaison/sdk/logs/epoch-copies';
import { bounded, compared, type Figure, median, plain } from './figure.js';
import { type MadePerson, makePerson } from './person.maker.js';
import { processorMs } from './raw-opening.floor.js';

const ORIGIN = Origin.parse('http://localhost:3000');
const SIZES = [30, 300, 2000];
const SECTOR_SEATS = 63;
const IN_PERSON = 200;
/** Each is a few milliseconds, beside as many of the floor's: together they outlast a bad one. */
const ROUNDS = 21;
/**
 * As the process of a client that has been open for a minute: what runs is compiled. The smallest
 * circle, measured first, would else pay for all that follow.
 */
const WARM_UP_PEOPLE = 120;
const WARM_UP_ROUNDS = 15;

/** Whom a circle seals to: of people only the key matters here. */
interface Sealed extends Recipient {
  readonly pair: SealingPair;
}

/** A circle on the sender's desk and on a receiver's. */
interface Room {
  readonly circle: CircleId;
  state: CircleState;
  head: Head;
  keys: EpochKeys;
  replay: CircleReplay;
}

interface Scene {
  readonly admin: MadePerson;
  readonly lookups: Lookups;
  readonly stamp: () => Stamp;
}

function stranger(): Sealed {
  const pair = newSealingPair();
  const member = personMember(PersonId.parse(randomText()));
  const head = { k: 2, h: Hash.parse(randomText()) };
  const pin = { member, keyHash: keyHash(pair.publicKey), generation: 1, head };
  return { pair, pin, key: pair.publicKey };
}

/** A room as a member of the room that it is a sector of. */
function asMember(room: Room): Sealed {
  const { publicKey, secretKey } = room.keys.sealing;
  const generation = room.state.epoch?.epoch ?? 0;
  const pin = { keyHash: keyHash(publicKey), generation, head: room.state.membersHead };
  const pair = { publicKey, secretKey };
  return { pair, pin: { ...pin, member: teamMember(room.circle) }, key: publicKey };
}

const authorOf = ({ admin }: Scene): Author => admin.author;

function settle(room: Room, built: Built, scene: Scene): WireItem {
  const at = { circle: room.circle, k: built.head.k, chain: built.head.h };
  const verdict = judge(room.state, built.header, at, ESTABLISHED);
  if (!verdict.ok) throw new Error(`A made statement was refused: ${verdict.why}.`);
  room.state = verdict.state;
  room.head = built.head;
  return wireOf(room.circle, built, scene);
}

function wireOf(circle: CircleId, { item, head }: Built, { stamp }: Scene): WireItem {
  const { text, signature } = item;
  return { circle, k: head.k, text, signature, body: null, at: stamp().at };
}

function open(scene: Scene, kind: CircleState['kind'], others: readonly Sealed[]): Room {
  const author = authorOf(scene);
  const all = [scene.admin.recipient, ...others];
  const role = (member: MemberId): MemberRole =>
    member === personMember(author.person) ? 'admin' : 'writer';
  const created = buildCreated(author, scene.stamp(), {
    community: Hash.parse(ZERO_HASH) as string as CircleId,
    kind,
    salt: randomText(),
    finess: null,
    nameHash: null,
    stewards: [],
    members: all.map(({ pin: { member } }) => {
      return { member, role: role(member), until: null, historyFrom: 0 };
    }),
    policy: DEFAULT_POLICY,
    linked: null,
  });
  const { circle } = created;
  const begun = judge(null, created.header, { circle, k: 0, chain: created.head.h }, ESTABLISHED);
  if (!begun.ok) throw new Error(`A made circle was refused: ${begun.why}.`);
  const first = buildEpochOpened(author, begun.state, created.head, scene.stamp(), 'first', {
    recipients: all,
    current: null,
  });
  const room: Room = {
    circle,
    state: begun.state,
    head: EMPTY_HEAD,
    keys: first.keys,
    replay: startReplay(circle, ORIGIN),
  };
  receive(room, [wireOf(circle, created, scene), settle(room, first, scene)], scene);
  return room;
}

function receive(room: Room, items: readonly WireItem[], { lookups }: Scene): void {
  for (const item of items) {
    const result = replayItem(room.replay, item, lookups);
    if (result.outcome !== 'accepted') throw new Error(`A made item is ${result.outcome}.`);
    room.replay = result.replay;
  }
}

/** One statement on its way: what its receiver is served, and with which key they open it. */
interface Sent {
  readonly room: Room;
  readonly item: NewItem;
  readonly wire: WireItem;
  readonly served: ServedCopy | null;
  readonly pair: SealingPair | null;
}

/** One statement as it leaves its author, and one of those whom it seals to. */
interface Made extends Pick<Sent, 'room' | 'item' | 'wire'> {
  readonly to: Sealed | null;
}

/** As the server would hand it on. */
function delivered({ room, item, wire, to }: Made): Sent {
  if (to === null) return { room, item, wire, served: null, pair: null };
  return { room, item, wire, served: served(room, item, wire, to), pair: to.pair };
}

function served(room: Room, item: NewItem, wire: WireItem, to: Sealed): ServedCopy {
  const copies = (item.copies ?? []).map(({ member, copy }) => ({ recipient: member, copy }));
  const own = item.copies?.find(({ member }) => member === to.pin.member);
  const place = copyProof(copies, to.pin.member);
  if (own === undefined || place === null) throw new Error('A receiver has no copy.');
  const { epoch } = room.state;
  return { epoch: epoch?.epoch ?? 0, k: wire.k, ...own, ...place, proof: [...place.proof] };
}

/** Processor time of verifying, judging and opening what somebody is sent. */
function receivingMs(sent: readonly Sent[], scene: Scene): number {
  const started = process.cpuUsage();
  for (const { room, wire, served: copy, pair } of sent) {
    const result = replayItem(room.replay, wire, scene.lookups);
    if (result.outcome !== 'accepted') throw new Error(`A made item is ${result.outcome}.`);
    room.replay = result.replay;
    if (copy === null || pair === null) continue;
    const origin = epochOpenedBy(result.header);
    const opened = origin && openServedCopy(room.circle, copy, result.header, origin, pair);
    if (opened?.ok !== true) throw new Error('A made copy does not open.');
  }
  return processorMs(started);
}

/** One verification and, where a copy came along, one decapsulation, on bytes that lie ready. */
function rawReceivingMs(sent: readonly Sent[], { admin }: Scene): number {
  const device = admin.identity.log.devices.get(admin.author.device);
  const key = fromBase64Url(device?.keys.signingKey ?? '');
  const ready = sent.map(({ item, served: copy, pair }) => ({
    signed: itemSigned(ORIGIN, item.text),
    signature: fromBase64Url(item.signature),
    kem: copy === null ? null : fromBase64Url(copy.copy).subarray(0, KEM_BYTES),
    secretKey: pair?.secretKey ?? new Uint8Array(),
  }));
  const started = process.cpuUsage();
  for (const { signed, signature, kem, secretKey } of ready) {
    if (!verifyStrictBytes(key, signed, signature)) throw new Error('A signature is wrong.');
    if (kem !== null) sodium().crypto_kem_xwing_dec(kem, secretKey);
  }
  return processorMs(started);
}

const KEM_BYTES = 1120;

/** The primitives behind what was made, on bytes that lie ready. */
function rawMakingMs(made: readonly Made[], { admin }: Scene): number {
  const all = made.map(({ item }) => item);
  const keys = all.flatMap(({ copies = [] }) => {
    return copies.map(() => fromBase64Url(newSealingPair().publicKey));
  });
  const texts = all.map(({ text }) => itemSigned(ORIGIN, text));
  const pairs = made.filter(({ to }) => to !== null).map(() => random32());
  const seed = new Uint8Array([...random32(), ...random32()]);
  const started = process.cpuUsage();
  for (const key of keys) sodium().crypto_kem_xwing_enc_deterministic(key, seed);
  for (const own of pairs) sodium().crypto_kem_xwing_seed_keypair(own);
  for (const text of texts) sodium().crypto_sign_detached(text, admin.author.secretKey);
  return processorMs(started);
}

/** A circle as clients keep it: its list, and the sector in which the one who changes sits. */
interface House {
  readonly list: Room;
  readonly members: readonly Sealed[];
  readonly sector: Room | null;
  readonly seated: Sealed[];
}

function house(scene: Scene, people: number): House {
  if (people <= IN_PERSON) {
    const members = Array.from({ length: people - 1 }, stranger);
    return { list: open(scene, 'channel', members), members, sector: null, seated: [] };
  }
  const seated = Array.from({ length: SECTOR_SEATS - 1 }, stranger);
  const sector = open(scene, 'sector', seated);
  const others = Array.from({ length: Math.ceil(people / SECTOR_SEATS) - 1 }, () => {
    const other = stranger();
    const member = teamMember(other.pin.member.slice(2) as CircleId);
    return { ...other, pin: { ...other.pin, member } };
  });
  const members = [asMember(sector), ...others];
  return { list: open(scene, 'channel', members), members, sector, seated };
}

const spec = (member: MemberId) =>
  ({ member, role: 'writer', until: null, historyFrom: 0 }) as const;

/** Somebody comes: one copy, in the sector or in the circle itself. */
function adding({ list, sector }: House, comer: Sealed, scene: Scene): Made[] {
  const room = sector ?? list;
  const { state, head, keys } = room;
  const member = spec(comer.pin.member);
  const built = buildMemberAdded(authorOf(scene), state, head, scene.stamp(), member, comer, keys);
  return [{ room, item: built.item, wire: settle(room, built, scene), to: null }];
}

/** Somebody goes: the next epoch of their room and, where that is a sector, of the circle. */
function removing({ list, members, sector, seated }: House, goer: Sealed, scene: Scene): Made[] {
  const author = authorOf(scene);
  const { recipient } = scene.admin;
  const room = sector ?? list;
  const stay = sector === null ? members : seated;
  const parts = { recipients: [recipient, ...stay], current: room.keys };
  const { state, head } = room;
  const gone = goer.pin.member;
  const built = buildMemberRemoved(author, state, head, scene.stamp(), gone, parts);
  const wire = settle(room, built, scene);
  room.keys = built.keys;
  const [one] = stay;
  if (one === undefined) throw new Error('Nobody stays.');
  const sent: Made[] = [{ room, item: built.item, wire, to: one }];
  if (sector === null) return sent;
  const own = asMember(sector);
  const recipients = [recipient, own, ...members.slice(1)];
  const next = { recipients, current: list.keys };
  const opened = buildEpochOpened(
    ...([author, list.state, list.head, scene.stamp(), 'key-moved', next] as const),
  );
  const moved = settle(list, opened, scene);
  list.keys = opened.keys;
  return [...sent, { room: list, item: opened.item, wire: moved, to: own }];
}

const bytesOf = (sent: readonly Sent[], own: boolean): number =>
  sent.reduce((sum, { item, wire, served: copy }) => {
    const received = JSON.stringify(wire).length + JSON.stringify(copy ?? '').length;
    return sum + (own ? JSON.stringify(item).length : received);
  }, 0);

const copiesIn = (sent: readonly Sent[]): number =>
  sent.reduce((sum, { item }) => sum + (item.copies?.length ?? 0), 0);

interface Measured {
  readonly making: number[];
  readonly sealing: number[];
  readonly taking: number[];
  readonly opening: number[];
  last: readonly Sent[];
}

const none = (): Measured => ({ making: [], sealing: [], taking: [], opening: [], last: [] });

function measure(into: Measured, scene: Scene, act: () => Made[]): void {
  const started = process.cpuUsage();
  const made = act();
  into.making.push(processorMs(started));
  into.sealing.push(rawMakingMs(made, scene));
  const sent = made.map(delivered);
  into.opening.push(rawReceivingMs(sent, scene));
  into.taking.push(receivingMs(sent, scene));
  into.last = sent;
}

function figures(what: string, people: number, m: Measured): Figure[] {
  const name = `${what} one of ${String(people)}`;
  const copies = copiesIn(m.last);
  const aim = copies > 1 ? { atMost: 1.3 } : undefined;
  return [
    compared(
      ...([`${name}: sender, ${String(copies)} copies`, 'processor ms'] as const),
      ...([median(m.making), median(m.sealing), aim] as const),
    ),
    plain(`${name}: sender`, 'bytes', bytesOf(m.last, true)),
    compared(`${name}: receiver`, 'processor ms', median(m.taking), median(m.opening)),
    bounded(`${name}: receiver, at most`, 'processor ms', median(m.taking), 5),
    plain(`${name}: receiver`, 'bytes', bytesOf(m.last, false)),
  ];
}

export async function members(): Promise<Figure[]> {
  await ready();
  const now = Date.now();
  const admin = makePerson(ORIGIN, now);
  const ids = entryIds(() => now);
  let n = 0;
  const { identity } = admin;
  const lookups: Lookups = {
    identity: (person) => (person === admin.author.person ? identity : null),
    team: () => null,
  };
  const scene: Scene = { admin, lookups, stamp: () => ({ id: ids(), n: n++, at: now }) };
  changed(scene, WARM_UP_PEOPLE, WARM_UP_ROUNDS);
  return SIZES.flatMap((people) => {
    const { come, go } = changed(scene, people, ROUNDS);
    return [...figures('adding', people, come), ...figures('removing', people, go)];
  });
}

/** A circle of so many, in which one comes and goes, again and again. */
function changed(scene: Scene, people: number, times: number): { come: Measured; go: Measured } {
  const [come, go] = [none(), none()];
  const where = house(scene, people);
  for (let round = 0; round < times; round++) {
    const one = stranger();
    measure(come, scene, () => adding(where, one, scene));
    measure(go, scene, () => removing(where, one, scene));
  }
  return { come, go };
}
