/**
 * Deliveries to 1,000 sockets of one channel: 990 bare socket.io clients that count and compare
 * bytes, and ten full SDK clients that verify and open everything, against a bare socket.io server
 * with MessagePack that sends the same items to the same processes of clients.
 *
 * A person may have LIMITS.socketConnectionsPerPerson sockets, so fifty enrolled people hold the
 * 990 and ten more are the SDK clients: sixty members. What is sent is signed beforehand and posted
 * over HTTP one entry a request; at the floor one socket says it. The ten SDK clients stand for ten
 * devices elsewhere, so their process yields to the others (both here and at the floor, where ten
 * bare sockets take their place), and the burst is timed by the 990.
 */
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { PersonId } from '@liaison/contract/ids';
import type { NewItem, WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { ready } from '@liaison/sdk/crypto/sodium';
import { io, type Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { type Line, openLine, requestOf } from './append.load.js';
import { type MadeChannel, makeChannel, makeMessage } from './channel.maker.js';
import { type ChildProgram, startProgram } from './child.program.js';
import { now, type Order, type Report } from './delivery.messages.js';
import { compared, type Figure, median, plain } from './figure.js';
import { freePort, type LocalServer, startLocalServer } from './local.server.js';
import {
  callAs,
  type EnrolledPerson,
  enrolPeople,
  openSessions,
  recipientsOf,
} from './people.enrolment.js';
import { rounds } from './rounds.budget.js';

const COUNTING = 990;
const READING = 10;
const PEOPLE = Math.ceil(COUNTING / LIMITS.socketConnectionsPerPerson.value);
const AUTHORS = 16;
const ROUNDS = 3;
/** Beyond this no further round begins. */
const BUDGET_MS = 25_000;
/** Messages of a burst, sent as fast as answers come. */
const BURST = 100;
const WARM_UP = 30;
/** The bounded rate: so many messages a second, a thousand deliveries each. */
const RATE = 15;
const STEADY = 60;

/** A way to send items to everybody: the real server, or the floor. */
interface Side {
  readonly counting: ChildProgram;
  readonly reading: ChildProgram;
  send(item: NewItem, author: number): Promise<void>;
  close(): Promise<void>;
}

interface Round {
  readonly perSecond: number;
  readonly p99: number;
  readonly readersP99: number;
}

async function tell(child: ChildProgram, order: Order): Promise<unknown> {
  child.process.send(order);
  const [answer] = (await once(child.process, 'message')) as [unknown];
  return answer;
}

async function startClients(dir: string, name: string, reading: string) {
  const log = (what: string): string => join(dir, `${name}-${what}.log`);
  const counting = await startProgram('bench/delivery.clients.js', {}, log('counting'));
  const readers = await startProgram(`bench/${reading}`, {}, log('reading'));
  if (readers.process.pid !== undefined) {
    setPriority(readers.process.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  return { counting, reading: readers };
}

async function startOurs(server: LocalServer, people: readonly EnrolledPerson[]) {
  const clients = await startClients(server.dir, 'ours', 'delivery.readers.js');
  const url = server.origin;
  const tokens = await openSessions(server, READING, Date.now());
  const guests = tokens.map((token) => `${server.cookieName}=${token}`);
  const order = { order: 'connect', url, cookies: guests } as const;
  const enrolled = (await tell(clients.reading, order)) as { people: PersonId[] };
  const founder = people[0]?.cookie ?? '';
  const readers = await recipientsOf(server, founder, enrolled.people);
  const community = makeChannel(people, null, Date.now(), readers);
  await callAs(server, founder, CIRCLE_ROUTES.submit, { items: community.items });
  const channel = makeChannel(people, community.circle, Date.now(), readers);
  await callAs(server, founder, CIRCLE_ROUTES.submit, { items: channel.items });
  await tell(clients.reading, { order: 'read', circle: channel.circle });
  const own = Array.from({ length: COUNTING }, (_, i) => people[i % PEOPLE]?.cookie ?? '');
  await tell(clients.counting, { order: 'connect', url, cookies: own });
  const lines = await Promise.all(people.slice(0, AUTHORS).map(() => openLine(server.address)));
  return { channel, side: ourSide(server, people, clients, lines) };
}

function ourSide(
  server: LocalServer,
  people: readonly EnrolledPerson[],
  clients: Pick<Side, 'counting' | 'reading'>,
  lines: readonly Line[],
): Side {
  const { host } = new URL(server.origin);
  return {
    ...clients,
    send: async (item, author) => {
      await lines[author]?.send(requestOf(host, people[author]?.cookie ?? '', [item]));
    },
    close: async () => {
      for (const line of lines) line.close();
      await Promise.all([clients.counting.stop(), clients.reading.stop()]);
    },
  };
}

async function startFloor(dir: string, channel: MadeChannel): Promise<Side> {
  const port = await freePort();
  const log = join(dir, 'floor.log');
  const server = await startProgram('bench/bare-socket.floor.js', { PORT: String(port) }, log);
  const clients = await startClients(dir, 'floor', 'delivery.clients.js');
  const url = `http://127.0.0.1:${String(port)}`;
  const nobody = (count: number): string[] => Array.from({ length: count }, () => '');
  await tell(clients.counting, { order: 'connect', url, cookies: nobody(COUNTING) });
  await tell(clients.reading, { order: 'connect', url, cookies: nobody(READING) });
  const speaker: Socket = io(url, { path: '/socket', parser, transports: ['websocket'] });
  await new Promise((resolve) => speaker.once('circles', resolve));
  let k = channel.head.k;
  return {
    ...clients,
    send: ({ text, signature, body }) => {
      k += 1;
      const at = Date.now();
      const item: WireItem = { circle: channel.circle, k, text, signature, body, at };
      speaker.emit('say', item);
      return Promise.resolve();
    },
    close: async () => {
      speaker.disconnect();
      await Promise.all([clients.counting.stop(), clients.reading.stop(), server.stop()]);
    },
  };
}

/** Sends messages at a rate, or (null) as fast as their authors get answers. */
async function play(
  side: Side,
  channel: MadeChannel,
  count: number,
  rate: number | null,
): Promise<Round> {
  const items = Array.from({ length: count }, (_, i) => {
    const author = channel.members[i % AUTHORS]?.author;
    if (author === undefined) throw new Error('A message has an author.');
    return makeMessage(author, channel, Date.now()).item;
  });
  const both = [side.counting, side.reading] as const;
  const expected = items.map(({ text, signature, body }) => ({ text, signature, body }));
  for (const child of both) await tell(child, { order: 'expect', items: expected });
  const started = now();
  const sentAt: number[] = [];
  const speak = async (i: number): Promise<void> => {
    const item = items[i];
    if (item === undefined) return;
    sentAt[i] = now();
    await side.send(item, i % AUTHORS);
  };
  if (rate === null) await burst(speak, count);
  else await steady(speak, count, rate);
  const [counted, read] = (await Promise.all(
    both.map((child) => tell(child, { order: 'report', sentAt })),
  )) as [Report, Report];
  checkWhole(counted, COUNTING * count);
  checkWhole(read, READING * count);
  const all = counted.deliveries + read.deliveries;
  const perSecond = all / ((counted.lastAt - started) / 1000);
  return { perSecond, p99: counted.p99, readersP99: read.p99 };
}

function checkWhole({ deliveries, wrong }: Report, wanted: number): void {
  if (wrong === 0 && deliveries === wanted) return;
  throw new Error(`${String(deliveries)} of ${String(wanted)} deliveries, ${String(wrong)} wrong.`);
}

async function burst(speak: (i: number) => Promise<void>, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: AUTHORS }, async (_, author) => {
      for (let i = author; i < count; i += AUTHORS) await speak(i);
    }),
  );
}

async function steady(
  speak: (i: number) => Promise<void>,
  count: number,
  rate: number,
): Promise<void> {
  const started = now();
  const spoken: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    await pause(Math.max(0, started + (i * 1000) / rate - now()));
    spoken.push(speak(i));
  }
  await Promise.all(spoken);
}

interface Rounds {
  readonly burst: Round[];
  readonly steady: Round[];
}

async function alternate(ours: Side, floor: Side, channel: MadeChannel) {
  const played: { ours: Rounds; floor: Rounds } = {
    ours: { burst: [], steady: [] },
    floor: { burst: [], steady: [] },
  };
  const sides = [
    [floor, played.floor],
    [ours, played.ours],
  ] as const;
  for (const [side] of sides) await play(side, channel, WARM_UP, null);
  const another = rounds(ROUNDS, BUDGET_MS);
  while (another()) {
    for (const [side, kept] of sides) {
      kept.burst.push(await play(side, channel, BURST, null));
      kept.steady.push(await play(side, channel, STEADY, RATE));
    }
  }
  return played;
}

const middle = (rounds: readonly Round[], of: keyof Round): number =>
  median(rounds.map((round) => round[of]));

async function measure(server: LocalServer): Promise<Figure[]> {
  const people = await enrolPeople(server, PEOPLE);
  const { channel, side } = await startOurs(server, people);
  const floorSide = await startFloor(server.dir, channel);
  const { ours, floor } = await alternate(side, floorSide, channel);
  await Promise.all([side.close(), floorSide.close()]);
  const steadily = `at ${String(RATE * (COUNTING + READING))} a second`;
  const of = (name: string, kind: keyof Rounds, what: keyof Round, unit: string) =>
    [name, unit, middle(ours[kind], what), middle(floor[kind], what)] as const;
  return [
    compared(...of('deliveries, burst', 'burst', 'perSecond', 'a second'), { atLeast: 0.8 }),
    compared(...of('deliveries, burst, p99', 'burst', 'p99', 'ms')),
    plain('SDK clients, burst, p99', 'ms', middle(ours.burst, 'readersP99')),
    compared(...of(`deliveries ${steadily}, p99`, 'steady', 'p99', 'ms')),
    plain(`SDK clients ${steadily}, p99`, 'ms', middle(ours.steady, 'readersP99')),
  ];
}

export async function deliveries(): Promise<Figure[]> {
  await ready();
  const server = await startLocalServer('embedded');
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}
