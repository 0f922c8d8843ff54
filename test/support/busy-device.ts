/**
 * The store of a device that has worked for long: one channel of many messages, and many handoffs
 * with their files, signed and sealed by two people, taken in by the SDK's own intake. The server
 * is a stand-in that never answers: what is measured is this device alone, offline.
 */
import { toBase64Url } from '@liaison/contract/bytes';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { type CircleId, type MemberId, personMember, Uuid } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { randomText } from '@liaison/sdk/crypto/random';
import { Engine } from '@liaison/sdk/engine';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { Desk, NOWHERE } from '@liaison/sdk/sync/desk';
import { letterOf } from './letter.js';
import {
  authorOf,
  enrol,
  entryId,
  ORIGIN,
  pinsOf,
  recipientOf,
  START,
  type TestPerson,
  TestProvider,
  verified,
} from './log-people.js';

export interface Busy {
  readonly store: MemoryStore;
  readonly channel: CircleId;
}

export const offline = () => Promise.reject(new Error('no server in this test'));

export const engineOn = (store: MemoryStore): Engine =>
  new Engine({ origin: ORIGIN, http: offline, store, socket: false, clock: () => START });

const outline = { act: 'Pansement', town: 'Laon', window: '', note: '', sender: '', phone: '' };

class Maker {
  #minute = 0;

  constructor(
    private readonly people: readonly TestPerson[],
    private readonly engine: Engine,
    private readonly recipients: readonly ReturnType<typeof recipientOf>[],
  ) {}

  member(index: number): MemberId {
    return personMember(this.#person(index).log.person);
  }

  /** A circle of both people, written by the first. */
  open(kind: 'channel' | 'file' | 'handoff', linked: CircleId | null): Desk {
    const desk = this.#desk(0, { ...NOWHERE });
    const members = this.people.map((_, i) => {
      const role = i === 0 ? ('admin' as const) : ('writer' as const);
      return { member: this.member(i), role, until: null, historyFrom: 0 };
    });
    const community = randomText() as string as CircleId;
    const none = { finess: null, nameHash: null };
    desk.create({ kind, salt: randomText(), community, members, linked, ...none });
    desk.openEpoch(this.recipients, 'first');
    return desk;
  }

  say(desk: Desk, kind: string, facts: Record<string, unknown>, body: unknown): void {
    const critical = findEntryKind(kind)?.critical ?? false;
    desk.entry(entryId(), { kind, kv: 1, critical, facts, body });
  }

  /** The second person writes on what the first has written. */
  async answer(desk: Desk, kind: string, facts: Record<string, unknown>): Promise<void> {
    const book = await this.engine.library.book(desk.circle);
    const { state, head } = book;
    const epoch = desk.opened.get(1) ?? null;
    const other = this.#desk(1, { state, head, counter: 0, epoch });
    this.say(other, kind, facts, { note: 'Vu' });
    await this.take(other, head.k + 1);
  }

  async take(desk: Desk, from = 0): Promise<void> {
    const { circle } = desk;
    const wires = desk.items.map((item, i): WireItem => {
      const { text, signature, body } = item;
      return { circle, k: from + i, text, signature, body, at: this.#at() };
    });
    const taken = await this.engine.intake.take(circle, wires);
    if (taken !== 'all') throw new Error(`The intake said ${taken}.`);
    for (const [epoch, { secret }] of desk.opened) {
      await this.engine.vault.keepEpoch(circle, epoch, secret);
    }
  }

  #desk(author: number, start: Pick<ConstructorParameters<typeof Desk>[1], keyof typeof NOWHERE>) {
    const place = { ...start, at: this.#at(), newId: entryId };
    return new Desk(authorOf(this.#person(author)), place);
  }

  #at(): number {
    return START + this.#minute++;
  }

  #person(index: number): TestPerson {
    const person = this.people[index];
    if (person === undefined) throw new Error('There are two people.');
    return person;
  }
}

async function handoff(maker: Maker): Promise<void> {
  const file = maker.open('file', null);
  const letter = letterOf('Durand');
  const facts = { missing: [], incompleteReason: null, attachments: [] };
  maker.say(file, 'letter.filed', facts, letter);
  const task = { task: Uuid.parse(crypto.randomUUID()), owner: maker.member(1), due: null };
  maker.say(file, 'task.planned', task, { title: 'Pansement', detail: '' });
  for (const text of ['Bonjour', 'Merci']) {
    const said = { mentions: [], replyTo: null, attachments: [] };
    maker.say(file, 'message.posted', said, { text, attachments: [] });
  }
  await maker.take(file);
  const circle = maker.open('handoff', file.circle);
  const due = START + 3_600_000;
  const offer = { addressees: [maker.member(1)], urgency: 'same-day', due, supersedes: null };
  maker.say(circle, 'handoff.offered', { file: file.circle, ...offer }, outline);
  await maker.take(circle);
  await maker.answer(circle, 'handoff.accepted', { addressee: maker.member(1) });
}

async function cursors(engine: Engine, maker: Maker): Promise<void> {
  for (const circle of engine.library.ofKind('handoff', 'channel')) {
    const { head } = await engine.library.book(circle);
    await engine.ground.store.transaction((tx) => {
      for (const lane of ['received', 'read'] as const) {
        for (const i of [0, 1]) {
          const person = maker.member(i).slice(2);
          const cursor = { person, lane, upTo: head, advances: [[head.k, START]] };
          tx.put('lanes', `${circle}/${person}/${lane}`, cursor);
        }
      }
    });
  }
}

async function keep(store: MemoryStore, own: TestPerson, all: readonly TestPerson[]) {
  const { signing, sealing } = own.device;
  const device = {
    signing: toBase64Url(signing.secretKey.subarray(0, 32)),
    sealing: toBase64Url(sealing.secretKey),
    inc: START,
    person: own.log.person,
  };
  await store.transaction((tx) => {
    tx.put('secrets', 'device', device);
    tx.put('secrets', 'person/000001', toBase64Url(own.rotation.keys.secret));
    tx.put('meta', 'session', { person: own.log.person, name: 'Marie Roux', roles: [] });
    for (const { log } of all) {
      tx.put('people', log.person, log.statements);
      const card = { person: log.person, name: 'Marie Roux', profession: '60', structure: '' };
      const more = { nationalId: null, source: 'provider', vouchedBy: null, fictional: true };
      tx.put('names', `person/${log.person}`, { ...card, ...more, since: START });
    }
  });
}

export async function busyDevice(messages: number, handoffs: number): Promise<Busy> {
  const provider = new TestProvider();
  const people = [await enrol(provider, '899970000016'), await enrol(provider, '899970000032')];
  const states = await Promise.all(people.map(({ log }) => verified(log, pinsOf(provider))));
  const store = new MemoryStore();
  const [own] = people;
  if (own === undefined) throw new Error('nobody');
  await keep(store, own, people);
  await store.transaction((tx) => {
    const logKey = own.device.keys.signingKey;
    tx.put('meta', 'instance', { origin: ORIGIN, version: '1', logKey, provider: provider.facts });
  });
  const engine = engineOn(store);
  await engine.open();
  const maker = new Maker(people, engine, states.map(recipientOf).sort(byMember));
  const channel = maker.open('channel', null);
  for (let n = 0; n < messages; n++) {
    const said = { mentions: [], replyTo: null, attachments: [] };
    maker.say(channel, 'message.posted', said, { text: `Message ${n}`, attachments: [] });
  }
  await maker.take(channel);
  for (let n = 0; n < handoffs; n++) await handoff(maker);
  await cursors(engine, maker);
  engine.outbox.close();
  engine.lanes.close();
  return { store, channel: channel.circle };
}

function byMember(a: ReturnType<typeof recipientOf>, b: ReturnType<typeof recipientOf>): number {
  return a.pin.member < b.pin.member ? -1 : 1;
}
