/** Lanes and the list of circles: words that only move forward, unread counts, who is woken. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canonical } from '@liaison/contract/encoding';
import { type CircleId, type PersonId, ZERO_HASH } from '@liaison/contract/ids';
import type { WireLane } from '@liaison/contract/lane';
import { laneSigned } from '@liaison/contract/signing';
import { ready } from '../../sdk/crypto/sodium.js';
import { sign } from '../../sdk/crypto/signing.js';
import { Inbox } from '../../src/channels/inbox.js';
import { LaneRows } from '../../src/channels/lane.rows.js';
import { Lanes } from '../../src/channels/lanes.js';
import { type Team, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

let stage: CirclesStage;
let lanes: Lanes;
let inbox: Inbox;
let nurse: Writer;
let doctor: Writer;
let outsider: Writer;
let channel: CircleId;
let file: CircleId;

const refused = (code: string) => expect.objectContaining({ name: 'Problem', code });

interface Said {
  readonly k?: number;
  readonly changes?: Record<string, unknown>;
}

/** A signed word about how far somebody has read. */
async function read(writer: Writer, circle: CircleId, said: Said = {}): Promise<WireLane> {
  const [row] = await stage.database.query<{ k: number; h: string }>(
    'SELECT k, h FROM items WHERE circle_id = $1 AND ($2::int8 IS NULL OR k = $2) ORDER BY k DESC',
    [circle, said.k ?? null],
  );
  const text = canonical({
    v: 1,
    origin: writer.origin,
    circle,
    lane: 'read',
    person: writer.person,
    device: writer.device,
    upTo: { k: row!.k, h: row!.h },
    at: stage.clock.now(),
    ...said.changes,
  });
  return { text, signature: sign(writer.signing.secretKey, laneSigned(writer.origin, text)) };
}

async function unread(writer: Writer, circle: CircleId): Promise<number | undefined> {
  const { circles } = await inbox.page(writer.person, null);
  return circles.find((summary) => summary.circle === circle)?.unread;
}

/** Who is told of lanes while something happens. */
async function woken(act: () => Promise<unknown>): Promise<PersonId[]> {
  const people: PersonId[] = [];
  const stop = stage.server.committed.subscribe((push) => {
    if (push.event === 'lanes') people.push(...push.people);
  });
  await act();
  stop();
  return people;
}

beforeAll(async () => {
  await ready();
  stage = await CirclesStage.open();
  const { database, clock, config, server } = stage;
  const rows = new LaneRows(database);
  const { members, logs, committed } = server;
  lanes = new Lanes(database, rows, members, logs, committed, clock, config);
  inbox = new Inbox(database, clock);
  nurse = await Writer.enrol(stage);
  doctor = await Writer.enrol(stage);
  outsider = await Writer.enrol(stage);
  const community = (await nurse.create('community', null, [doctor, outsider])).circle;
  channel = (await nurse.create('channel', community, [doctor])).circle;
  const practice: Team = await doctor.create('team', community);
  file = (await nurse.create('file', community, [], [practice])).circle;
});

afterAll(() => stage.close());

describe('the list of circles', () => {
  test('shows how each stands and through whom it is read', async () => {
    const { circles, next } = await inbox.page(doctor.person, null);
    const summary = circles.find(({ circle }) => circle === file);
    const { k, h, members, epoch } = await stage.head(file);
    expect(summary).toMatchObject({ kind: 'file', head: { k, h }, members, epoch });
    expect(summary?.through).toEqual([expect.stringMatching(/^t\./)]);
    expect([circles.length, next]).toEqual([4, null]);
  });

  test('counts what others may want to read, and stops at the cursor', async () => {
    for (let i = 0; i < 3; i++) await nurse.submit(await nurse.message(channel));
    expect(await unread(doctor, channel)).toBe(3);
    await lanes.put(doctor.person, [await read(doctor, channel)]);
    expect(await unread(doctor, channel)).toBe(0);
    await nurse.submit(await nurse.message(channel));
    expect(await unread(doctor, channel)).toBe(1);
  });
});

describe('a lane', () => {
  test('only moves forward, whatever the order of words', async () => {
    const [early, late] = [await read(doctor, channel, { k: 2 }), await read(doctor, channel)];
    await lanes.put(doctor.person, [late]);
    await lanes.put(doctor.person, [early]);
    expect(await lanes.of(doctor.person, channel)).toEqual([late]);
  });

  test('of several words at once keeps the furthest', async () => {
    const words = [await read(nurse, channel, { k: 3 }), await read(nurse, channel, { k: 2 })];
    expect(await lanes.put(nurse.person, words)).toBe(2);
    expect(await lanes.of(nurse.person, channel)).toEqual([words[0]]);
  });

  test('is seen by others, and wakes the sender, where a handoff’s file is read', async () => {
    await nurse.submit(await nurse.message(file));
    const people = await woken(async () => lanes.put(doctor.person, [await read(doctor, file)]));
    expect(people).toEqual([nurse.person]);
    expect(await lanes.of(nurse.person, file)).toHaveLength(1);
  });

  test('in a channel disturbs nobody and is one’s own', async () => {
    await nurse.submit(await nurse.message(channel));
    const people = await woken(async () => lanes.put(doctor.person, [await read(doctor, channel)]));
    expect(people).toEqual([]);
    expect(await lanes.of(nurse.person, channel)).toHaveLength(1);
  });
});

describe('refused:', () => {
  const cases: [string, string, () => Promise<unknown>][] = [
    [
      'a changed word',
      'signature_invalid',
      async () => {
        const word = await read(doctor, channel);
        const text = word.text.replace('"read"', '"received"');
        return lanes.put(doctor.person, [{ ...word, text }]);
      },
    ],
    [
      'another person’s word',
      'not_allowed',
      async () => lanes.put(nurse.person, [await read(doctor, channel)]),
    ],
    [
      'a position that never was',
      'head_unknown',
      async () =>
        lanes.put(doctor.person, [
          await read(doctor, channel, { changes: { upTo: { k: 99, h: ZERO_HASH } } }),
        ]),
    ],
    [
      'a circle of others',
      'circle_unknown',
      async () => lanes.put(outsider.person, [await read(outsider, channel)]),
    ],
    [
      'another installation’s word',
      'origin_mismatch',
      async () =>
        lanes.put(doctor.person, [
          await read(doctor, channel, { changes: { origin: 'https://elsewhere.example' } }),
        ]),
    ],
    [
      'a word with a field too many',
      'request_invalid',
      async () => lanes.put(doctor.person, [await read(doctor, channel, { changes: { note: 1 } })]),
    ],
    [
      'reading the lanes of a circle of others',
      'circle_unknown',
      async () => lanes.of(outsider.person, channel),
    ],
  ];

  test.each(cases)('%s: %s', async (_what, code, attempt) => {
    await expect(attempt()).rejects.toEqual(refused(code));
  });
});
