/**
 * Durable appends a second: one entry a request over HTTP, 64 signed senders over 256 channels of
 * eight members, every answer a signed receipt of a committed row, against the same rows inserted
 * by raw `pg`. Senders, server and PostgreSQL share this machine; the floor has it to itself.
 */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { CircleId } from '@liaison/contract/ids';
import { ready } from '@liaison/sdk/crypto/sodium';
import { requestOf, type Sender, sendAll } from './append.load.js';
import { type MadeChannel, makeChannel, makeMessage } from './channel.maker.js';
import { compared, type Figure, median, percentile, plain } from './figure.js';
import { type LocalServer, startLocalServer } from './local.server.js';
import { callAs, type EnrolledPerson, enrolPeople } from './people.enrolment.js';
import { ProcessorTime } from './processor.time.js';
import { rawInsertsPerSecond, type RawRow, storedRows } from './raw-insert.floor.js';
import { rounds } from './rounds.budget.js';
import { onSlowerDisk, SLOWER_MS } from './slower-disk.js';

const SENDERS = 64;
const CHANNELS = 256;
const MEMBERS = 8;
const ROUNDS = 3;
/** Beyond this no further round begins. */
const BUDGET_MS = 25_000;
/** Entries a sender in each round: about three seconds. */
const ENTRIES = 120;
/** So many that what runs is compiled, as in a process that has been up for some minutes. */
const WARM_UP = 120;
const HOT_ENTRIES = 60;
/** One connection writes few rows a second on a slower disk: so many are enough. */
const SLOW_ROWS = 1500;
const FLOOR_CONNECTIONS = 32;

interface Stage {
  readonly server: LocalServer;
  readonly people: readonly EnrolledPerson[];
  readonly channels: readonly MadeChannel[];
  readonly hot: MadeChannel;
}

async function open(
  server: LocalServer,
  members: readonly EnrolledPerson[],
  community: CircleId | null,
): Promise<MadeChannel> {
  const channel = makeChannel(members, community, Date.now());
  const cookie = members[0]?.cookie ?? '';
  await callAs(server, cookie, CIRCLE_ROUTES.submit, { items: channel.items });
  return channel;
}

/** Channel `i` has the eight people from `i` on, so that each sender writes in 32 channels. */
async function setUp(server: LocalServer): Promise<Stage> {
  const people = await enrolPeople(server, SENDERS);
  const community = await open(server, people, null);
  const channels: MadeChannel[] = [];
  for (let i = 0; i < CHANNELS; i++) {
    const members = people.map((_, j) => people[(i + j) % SENDERS]!);
    channels.push(await open(server, members.slice(0, MEMBERS), community.circle));
  }
  return { server, people, channels, hot: await open(server, people, community.circle) };
}

function loads({ server, people }: Stage, channels: readonly MadeChannel[], entries: number) {
  return people.map((person): Sender => {
    const own = channels.filter(({ members }) => members.includes(person));
    const requests = Array.from({ length: entries }, (_, i) => {
      const channel = own[i % own.length];
      if (channel === undefined) throw new Error('A sender has a channel.');
      const { item } = makeMessage(person.author, channel, Date.now());
      return requestOf(new URL(server.origin).host, person.cookie, [item]);
    });
    return { requests };
  });
}

interface Rounds {
  readonly ours: number[];
  readonly one: number[];
  readonly many: number[];
  readonly latencies: number[];
  readonly spent: readonly Figure[];
}

async function run(stage: Stage): Promise<Rounds> {
  const { address, databaseUrl } = stage.server;
  const played = { ours: [] as number[], one: [] as number[], many: [] as number[] };
  const latencies: number[] = [];
  const processor = new ProcessorTime(stage.server);
  await sendAll(address, loads(stage, stage.channels, WARM_UP));
  let rows: RawRow[] = [];
  const another = rounds(ROUNDS, BUDGET_MS);
  while (another()) {
    const load = loads(stage, stage.channels, ENTRIES);
    const sent = await processor.during(SENDERS * ENTRIES, () => sendAll(address, load));
    played.ours.push(sent.perSecond);
    latencies.push(...sent.latencies);
    rows = await storedRows(databaseUrl, sent.latencies.length);
    played.one.push(await rawInsertsPerSecond(databaseUrl, rows, 1));
    played.many.push(await rawInsertsPerSecond(databaseUrl, rows, FLOOR_CONNECTIONS));
  }
  return { ...played, latencies, spent: processor.figures() };
}

/** The same load where each commit takes longer: what a group shares then counts. */
async function slower(stage: Stage): Promise<Figure> {
  const { address, databaseUrl } = stage.server;
  return onSlowerDisk(databaseUrl, async () => {
    const load = await sendAll(address, loads(stage, stage.channels, ENTRIES));
    const rows = await storedRows(databaseUrl, SLOW_ROWS);
    const one = await rawInsertsPerSecond(databaseUrl, rows, 1);
    const name = `appends, where a commit takes ${String(SLOWER_MS)} ms more`;
    return compared(name, 'a second', load.perSecond, one);
  });
}

export async function appends(): Promise<Figure[]> {
  await ready();
  const server = await startLocalServer('production');
  try {
    const stage = await setUp(server);
    const { ours, one, many, latencies, spent } = await run(stage);
    const hot = await sendAll(server.address, loads(stage, [stage.hot], HOT_ENTRIES));
    const value = median(ours);
    const onSlower = await slower(stage);
    return [
      compared('appends', 'a second', value, median(one), { atLeast: 1 }),
      compared('appends to 32 connections', 'a second', value, median(many)),
      compared('appends to one hot channel', 'a second', value, hot.perSecond),
      onSlower,
      plain('appends, p99 of an answer', 'ms', percentile(latencies, 99)),
      ...spent,
    ];
  } finally {
    await server.stop();
  }
}
