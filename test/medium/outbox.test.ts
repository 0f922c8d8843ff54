/** Events on their way to rooms: one that cannot be digested holds up nobody, and is not lost. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { toBase64Url } from '@liaison/contract/bytes';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { randomBytes } from 'node:crypto';
import { EventIntake } from '../../src/events/event.intake.js';
import { EventRounds } from '../../src/events/event.rounds.js';
import { deadEvents, type RecordedEvent, replayDead } from '../../src/events/event.rows.js';
import { Outbox } from '../../src/events/outbox.js';
import type { OutboxBell } from '../../src/events/outbox.bell.js';
import { NotificationRows } from '../../src/notifications/notification.rows.js';
import { SettingsRows } from '../../src/notifications/settings.rows.js';
import { NotificationsConsumer } from '../../src/notifications/notifications.consumer.js';
import { Log } from '../../src/platform/logger/log.js';
import { Looks } from '../../src/platform/queue/looks.js';
import type { Workers } from '../../src/platform/queue/workers.js';
import { eventually } from '../support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const id = (): string => toBase64Url(randomBytes(32));
const people = (count: number): PersonId[] => Array.from({ length: count }, id) as PersonId[];

let fixture: TestDatabase;
let outbox: Outbox;
let intake: EventIntake;
let consumer: NotificationsConsumer;

beforeEach(async () => {
  fixture = await createTestDatabase();
  // Nobody works through queues here: events are taken by hand.
  outbox = new Outbox({ ring: () => undefined } as unknown as OutboxBell);
  intake = new EventIntake(fixture.database, Log.create('silent'));
  consumer = new NotificationsConsumer(
    intake,
    new NotificationRows(fixture.database),
    new SettingsRows(fixture.database),
  );
});

afterEach(() => fixture.close());

const call = (circle: string, called: readonly PersonId[]): Promise<void> =>
  outbox.recordNow(fixture.database, {
    type: 'attention.called',
    reason: 'mentioned',
    circle: circle as CircleId,
    people: [...called],
  });

const count = async (sql: string): Promise<number> =>
  (await fixture.database.query<{ n: number }>(`SELECT count(*)::int4 AS n FROM ${sql}`))[0]?.n ??
  -1;

/** What failed is due again at once, as if its pause had passed. */
const pass = () => fixture.database.query('UPDATE outbox SET again_at = NULL');

test('a call to more people than one event carries reaches all of them', async () => {
  await call(id(), people(LIMITS.peopleCalled.value + 1));
  expect(await consumer.consume()).toBe(2);
  expect(await count('notifications')).toBe(LIMITS.peopleCalled.value + 1);
  expect(await deadEvents(fixture.database)).toEqual([]);
}, 60_000);

test('what is no event is set aside, and those behind it go on', async () => {
  await fixture.database.query(
    `INSERT INTO outbox (consumer, payload) VALUES ('notifications', '{"type":"of-tomorrow"}')`,
  );
  await call(id(), people(1));
  expect(await consumer.consume()).toBe(2);
  expect(await count('notifications')).toBe(1);
  const [dead] = await deadEvents(fixture.database);
  expect(dead).toMatchObject({ type: 'of-tomorrow', cause: 'unknown' });
  expect(await count('outbox')).toBe(0);
});

test('one that a room fails on is tried ever later, then set aside, then replayed', async () => {
  const [bad, good] = [id(), id()];
  await call(good, people(1));
  await call(bad, people(1));
  await call(good, people(1));
  let isMended = false;
  const taken: RecordedEvent[] = [];
  const take = (): Promise<number> =>
    intake.take('notifications', 10, async (transaction, claim) => {
      const events = await claim();
      const isBad = events.some(({ event }) => 'circle' in event && event.circle === bad);
      if (isBad && !isMended) throw new TypeError(`a name that the log must not hold: ${bad}`);
      transaction.afterCommit(() => taken.push(...events));
    });

  await take();
  expect(taken).toHaveLength(2);
  expect(await take()).toBe(0);
  const pauses = await fixture.database.query<{ later: boolean }>(
    'SELECT again_at > clock_timestamp() AS later FROM outbox',
  );
  expect(pauses).toEqual([{ later: true }]);
  for (let tries = 1; tries < LIMITS.eventAttempts.value; tries++) {
    expect(await deadEvents(fixture.database)).toEqual([]);
    await pass();
    await take();
  }
  const dead = await deadEvents(fixture.database);
  expect(dead).toEqual([
    expect.objectContaining({ consumer: 'notifications', type: 'attention.called' }),
  ]);
  expect(dead[0]?.cause).toBe('TypeError');
  expect(JSON.stringify(dead)).not.toContain(bad);
  expect(await count('outbox')).toBe(0);

  isMended = true;
  expect(await replayDead(fixture.database)).toBe(1);
  await take();
  expect(taken).toHaveLength(3);
  expect(await deadEvents(fixture.database)).toEqual([]);
});

test('a database that is away is nobody’s fault: nothing is counted against an event', async () => {
  await call(id(), people(1));
  const away = Object.assign(new Error('no room on the disk'), { code: '53100' });
  const take = intake.take('notifications', 10, async (_transaction, claim) => {
    await claim();
    throw away;
  });
  await expect(take).rejects.toThrow('no room');
  expect(await count('outbox WHERE attempts = 0')).toBe(1);
});

test('a room goes on within seconds, though its queue sleeps after the database was away', async () => {
  // The queue never wakes here: it stands for one whose connection waits to be made again.
  const asleep = { process: () => undefined } as unknown as Workers;
  const looks = new Looks(['worker'], Log.create('silent'));
  const rounds = new EventRounds(asleep, looks);
  let away = true;
  rounds.attend('notifications', async () => {
    if (away) throw new Error('the database is away');
    return (await consumer.consume()) === LIMITS.outboxBatch.value;
  });
  looks.onApplicationBootstrap();
  await call(id(), people(1));
  await new Promise((resolve) => setTimeout(resolve, LIMITS.eventLookMs.value * 1.5));
  away = false;
  const back = Date.now();
  await eventually(async () => expect(await count('notifications')).toBe(1));
  expect(Date.now() - back).toBeLessThan(3 * LIMITS.eventLookMs.value);
  await looks.beforeApplicationShutdown();
}, 30_000);
