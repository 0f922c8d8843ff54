/** What waits, and the mails about it: on a real PostgreSQL and a relay with good and bad days. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CircleId, PersonId, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { type AttentionReason, MAILED_REASONS } from '@liaison/contract/notification';
import { USUAL_POLICY } from '@liaison/contract/notification-policy';
import { USUAL_SETTINGS } from '@liaison/contract/notification-settings';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventIntake } from '../../src/events/event.intake.js';
import type { OutboxBell } from '../../src/events/outbox.bell.js';
import { Outbox } from '../../src/events/outbox.js';
import { MailSender } from '../../src/notifications/mail.sender.js';
import { NotificationRows } from '../../src/notifications/notification.rows.js';
import { SettingsRows } from '../../src/notifications/settings.rows.js';
import { Teller } from '../../src/notifications/teller.js';
import { NotificationsConsumer } from '../../src/notifications/notifications.consumer.js';
import { ManualClock } from '../../src/platform/clock/manual.clock.js';
import { Log } from '../../src/platform/logger/log.js';
import { type MailCatcher, startMailCatcher } from '../../tools/mail-catcher/catcher.server.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const id = () => randomBytes(32).toString('base64url');
const somebody = () => id() as PersonId;
const somewhere = () => id() as CircleId;

let fixture: TestDatabase;
let folder: string;
let relay: MailCatcher;
let rows: NotificationRows;
let outbox: Outbox;
let clock: ManualClock;
let sender: MailSender;

beforeAll(async () => {
  fixture = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'liaison-notifications-'));
  relay = await startMailCatcher({ smtpPort: 0, httpPort: 0, dir: folder });
  rows = new NotificationRows(fixture.database);
  // Nobody works through queues here: the consumer is called by hand.
  outbox = new Outbox({ ring: () => undefined } as unknown as OutboxBell);
});

afterAll(async () => {
  sender.onModuleDestroy();
  await relay.close();
  await fixture.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  relay.trouble('temporary', 0);
  // After every attention's own date, which the database gives.
  clock = new ManualClock(Date.now() + 60_000);
  sender = senderFor(relay.smtpUrl);
});

const senderFor = (smtpUrl: string): MailSender => {
  const config = testConfig(fixture, { smtpUrl, publicOrigin: 'https://liaison.test' });
  return new MailSender(config, fixture.database, clock, Log.create('silent'));
};

const intake = () => new EventIntake(fixture.database, Log.create('silent'));
const settings = () => new SettingsRows(fixture.database);
const consumer = () => new NotificationsConsumer(intake(), rows, settings());

/** Takes what was called and tells what is due: the mails that are ready to leave. */
async function told(): Promise<readonly Uuid[]> {
  await consumer().consume();
  return (await new Teller(fixture.database, settings()).tell()).mails;
}

/** Somebody who may be disturbed at any hour, so that no test depends on when it runs. */
async function awake(): Promise<PersonId> {
  const person = somebody();
  const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const policy = { ...USUAL_POLICY, onCall: [always] };
  await fixture.database.transaction((transaction) =>
    settings().set(transaction, person, { ...USUAL_SETTINGS, policy }, 0),
  );
  return person;
}

const call = (reason: AttentionReason, circle: CircleId, ...people: PersonId[]): Promise<void> =>
  fixture.database.transaction((transaction) => {
    const urgency = 'urgent';
    return outbox.record(transaction, {
      type: 'attention.called',
      reason,
      circle,
      people,
      urgency,
    });
  });

/** Somebody who wants mail, with one that waits. */
async function awaited(reason: AttentionReason = 'handoff-offered', language: 'fr' | 'en' = 'fr') {
  const [person, circle] = [await awake(), somewhere()];
  const address = `${person.slice(0, 12).toLowerCase()}@cabinet.test`;
  await rows.setPreference(person, { address, language });
  await call(reason, circle, person);
  const [mail] = await told();
  if (mail === undefined) throw new Error('No mail waits.');
  return { person, circle, address, mail };
}

const caughtBy = (address: string) => relay.mails().filter(({ to }) => to.includes(address));

async function rowOf(mail: Uuid) {
  const [row] = await fixture.database.query<{
    sent_at: number | null;
    attempts: number;
    next_at: number;
    refusal: string | null;
  }>('SELECT sent_at, attempts, next_at, refusal FROM mails WHERE id = $1', [mail]);
  return row;
}

describe('notifications', () => {
  test('of one reason in one place are one while unread, renewed and mailed once', async () => {
    const { person, circle } = await awaited();
    const [first] = await rows.list(person);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await call('handoff-offered', circle, person);
    expect(await told()).toEqual([]);
    const [second, ...others] = await rows.list(person);
    expect(others).toEqual([]);
    expect(second).toMatchObject({
      id: first?.id,
      circle,
      reason: 'handoff-offered',
      readAt: null,
    });
    expect(second?.at).toBeGreaterThan(first?.at ?? 0);

    await call('handoff-late', circle, person);
    expect(await told()).toHaveLength(1);
    expect(await rows.list(person)).toHaveLength(2);
  });

  test('once read stay read, and the next one of that kind is new, with its own mail', async () => {
    const { person, circle } = await awaited();
    const [first] = await rows.list(person);
    expect(await rows.markRead(person, first === undefined ? [] : [first.id], undefined, 7)).toBe(
      1,
    );
    await call('handoff-offered', circle, person);
    expect(await told()).toHaveLength(1);
    const all = await rows.list(person);
    expect(all.map(({ readAt }) => readAt)).toEqual([null, 7]);
  });

  test('are marked by their owner only: those named, or all of one place', async () => {
    const { person, circle } = await awaited();
    const elsewhere = somewhere();
    await call('message-posted', circle, person);
    await call('message-posted', elsewhere, person);
    await consumer().consume();
    const all = (await rows.list(person)).map((one) => one.id);
    expect(await rows.markRead(somebody(), all, circle, 1)).toBe(0);
    expect(await rows.markRead(person, [], circle, 2)).toBe(2);
    expect(await rows.markRead(person, [], circle, 3)).toBe(0);
    const unread = (await rows.list(person)).filter(({ readAt }) => readAt === null);
    expect(unread.map((one) => one.circle)).toEqual([elsewhere]);
  });

  test('of what calls nobody to answer are not mailed; without an address nothing is', async () => {
    const [person, silent, circle] = [await awake(), await awake(), somewhere()];
    await rows.setPreference(person, { address: 'a@cabinet.test', language: 'fr' });
    await rows.setPreference(silent, { address: '', language: 'fr' });
    for (const reason of ['message-posted', 'handoff-answered'] as const) {
      expect(MAILED_REASONS).not.toContain(reason);
      await call(reason, circle, person);
    }
    await call('handoff-offered', circle, silent, somebody());
    expect(await told()).toEqual([]);
    expect(await rows.list(person)).toHaveLength(2);
    expect(await rows.list(silent)).toHaveLength(1);
  });

  test('come of each call once, whatever works beside or crashes in between', async () => {
    const people = Array.from({ length: 30 }, somebody);
    for (const person of people) await call('handoff-offered', somewhere(), person);
    await expect(
      fixture.database.transaction(async (transaction) => {
        const attention = { reason: 'mentioned', urgency: 'routine', at: 1 } as const;
        const first = people.slice(0, 1).map((person) => ({ person, tellAt: 1 }));
        await rows.add(transaction, { ...attention, circle: somewhere(), people: first });
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    const batches = await Promise.all([1, 2, 3].map(() => consumer().consume()));
    const rest = await consumer().consume();
    expect(batches.reduce((sum, taken) => sum + taken, rest)).toBe(people.length);
    for (const person of people) expect(await rows.list(person)).toHaveLength(1);
  });
});

test('of what is older than so many, nothing is kept', async () => {
  const [person, other] = [somebody(), somebody()];
  const kept = LIMITS.notificationsKept.value;
  const fill = (whose: PersonId, count: number) =>
    fixture.database.query(
      `INSERT INTO notifications (person_id, reason, circle_id, at)
       SELECT $1, 'mentioned', 'c' || n, n FROM generate_series(1, $2::int) AS n`,
      [whose, count],
    );
  await fill(person, kept + 7);
  await fill(other, kept);
  expect(await rows.forgetOld()).toBe(7);
  expect(await rows.forgetOld()).toBe(0);
  const [row] = await fixture.database.query(
    'SELECT count(*)::int4 AS n, min(at)::int4 AS oldest FROM notifications WHERE person_id = $1',
    [person],
  );
  expect(row).toEqual({ n: kept, oldest: 8 });
});

describe('a mail', () => {
  test.each([
    ['fr', 'Liaison : une demande attend votre réponse', 'aucune donnée de santé'],
    ['en', 'Liaison: a request awaits your answer', 'holds no health data'],
  ] as const)(
    'in %s says that something waits, and nothing of what',
    async (language, subject, text) => {
      const { address, person, circle, mail } = await awaited('handoff-offered', language);
      await sender.send(mail);
      const [caught, ...others] = caughtBy(address);
      expect(others).toEqual([]);
      expect(caught).toMatchObject({ subject, messageId: `<${mail}@liaison.test>` });
      expect(caught?.text).toContain(text);
      expect(caught?.text).toContain('https://liaison.test');
      expect(JSON.stringify(caught)).not.toContain(person);
      expect(JSON.stringify(caught)).not.toContain(circle);
      expect(await rowOf(mail)).toMatchObject({ sent_at: clock.now(), refusal: null });
    },
  );

  test('asked for twice, or by two workers at once, leaves once', async () => {
    const { address, mail } = await awaited();
    await Promise.all([sender.send(mail), sender.send(mail), sender.send(mail)]);
    await sender.send(mail);
    expect(caughtBy(address)).toHaveLength(1);
  });

  test('that a crash sends a second time is the same mail for its reader', async () => {
    const { address, mail } = await awaited();
    await sender.send(mail);
    // As if the process had died after the relay took the mail and before the row said so.
    await fixture.database.query('UPDATE mails SET sent_at = NULL WHERE id = $1', [mail]);
    await sender.send(mail);
    const ids = caughtBy(address).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test.each(['temporary', 'silent'] as const)(
    'that meets a relay in %s trouble waits half a minute, then longer, then leaves',
    async (trouble) => {
      const { address, mail } = await awaited();
      relay.trouble(trouble, 2);
      await sender.send(mail);
      const start = clock.now();
      expect(await rowOf(mail)).toMatchObject({
        sent_at: null,
        attempts: 1,
        next_at: start + 30_000,
      });
      expect(await sender.due()).not.toContain(mail);
      clock.advance(30_000);
      expect(await sender.due()).toContain(mail);
      await sender.send(mail);
      expect(await rowOf(mail)).toMatchObject({ attempts: 2, next_at: clock.now() + 90_000 });
      expect(await sender.due()).not.toContain(mail);
      clock.advance(90_000);
      expect(await sender.due()).toContain(mail);
      await sender.send(mail);
      expect(await sender.due()).not.toContain(mail);
      expect(caughtBy(address)).toHaveLength(1);
    },
  );

  test('that is refused for good is not tried again, and says so', async () => {
    const { address, person, mail } = await awaited();
    relay.trouble('permanent', 1);
    await sender.send(mail);
    expect(await rowOf(mail)).toMatchObject({ sent_at: null, refusal: 'refused-for-good' });
    clock.advance(24 * 3_600_000);
    expect(await sender.due()).not.toContain(mail);
    await sender.send(mail);
    expect(caughtBy(address)).toEqual([]);
    expect(await rows.list(person)).toHaveLength(1);
  });

  test('is given up after so many tries, and says so; the notification stays', async () => {
    const { address, person, mail } = await awaited();
    const away = senderFor('smtp://127.0.0.1:1');
    for (let attempt = 0; attempt < LIMITS.mailAttempts.value; attempt++) {
      expect(await away.due()).toContain(mail);
      await away.send(mail);
      clock.advance(30_000 * 3 ** attempt);
    }
    expect(await rowOf(mail)).toMatchObject({ sent_at: null, refusal: 'attempts-exhausted' });
    expect(await away.due()).not.toContain(mail);
    away.onModuleDestroy();
    await sender.send(mail);
    expect(caughtBy(address)).toEqual([]);
    expect(await rows.list(person)).toHaveLength(1);
  });

  test('is not sent to somebody who took their address back meanwhile', async () => {
    const { address, person, mail } = await awaited();
    await rows.setPreference(person, { address: '', language: 'fr' });
    await sender.send(mail);
    expect(caughtBy(address)).toEqual([]);
    expect(await rowOf(mail)).toMatchObject({ sent_at: null, refusal: 'no-address' });
    expect(await sender.due()).not.toContain(mail);
  });
});
