/**
 * When people are told, on a real PostgreSQL and by its clock: one notice for all that is due, in
 * the hours that they gave, whatever was away, jumped or died meanwhile.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Urgency } from '@liaison/contract/handoff';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { AttentionReason } from '@liaison/contract/notification';
import { type NotificationPolicy, USUAL_POLICY } from '@liaison/contract/notification-policy';
import { tellingAt } from '@liaison/contract/notification-rules';
import { USUAL_SETTINGS } from '@liaison/contract/notification-settings';
import { randomBytes } from 'node:crypto';
import { EventIntake } from '../../src/events/event.intake.js';
import type { OutboxBell } from '../../src/events/outbox.bell.js';
import { Outbox } from '../../src/events/outbox.js';
import { NotificationRows } from '../../src/notifications/notification.rows.js';
import { NotificationsConsumer } from '../../src/notifications/notifications.consumer.js';
import { SettingsRows } from '../../src/notifications/settings.rows.js';
import { Teller } from '../../src/notifications/teller.js';
import { plannedAt, tellingOf } from '../../src/notifications/telling.plan.js';
import { Log } from '../../src/platform/logger/log.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const HOUR_MS = 3_600_000;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };
const ON_CALL: NotificationPolicy = { ...USUAL_POLICY, onCall: [EVER] };
/** No hours at all: nothing says when they are back. */
const NEVER: NotificationPolicy = { ...USUAL_POLICY, working: [] };
const GONE: NotificationPolicy = { ...USUAL_POLICY, away: [EVER] };

const id = () => randomBytes(32).toString('base64url');
const somewhere = () => id() as CircleId;

let fixture: TestDatabase;
let settings: SettingsRows;
let rows: NotificationRows;
let outbox: Outbox;

beforeAll(async () => {
  fixture = await createTestDatabase();
  settings = new SettingsRows(fixture.database);
  rows = new NotificationRows(fixture.database);
  // Nobody works through queues here: each step is taken by hand.
  outbox = new Outbox({ ring: () => undefined } as unknown as OutboxBell);
});

afterAll(() => fixture.close());

async function somebody(policy: NotificationPolicy, delegate: PersonId | null = null) {
  const person = id() as PersonId;
  await says(person, policy, delegate);
  await rows.setPreference(person, { address: 'a@cabinet.test', language: 'fr' });
  return person;
}

const says = (person: PersonId, policy: NotificationPolicy, delegate: PersonId | null = null) =>
  fixture.database.transaction((transaction) =>
    settings.set(transaction, person, { ...USUAL_SETTINGS, policy, delegate }, 0),
  );

async function call(reason: AttentionReason, urgency: Urgency, ...people: PersonId[]) {
  const circle = somewhere();
  await fixture.database.transaction((transaction) =>
    outbox.record(transaction, { type: 'attention.called', reason, circle, people, urgency }),
  );
  const intake = new EventIntake(fixture.database, Log.create('silent'));
  await new NotificationsConsumer(intake, rows, settings).consume();
}

const tell = () => new Teller(fixture.database, settings).tell();

const planOf = (person: PersonId) =>
  fixture.database.query<{ reason: string; at: number; tell_at: number | null; told: boolean }>(
    `SELECT reason, at, tell_at, told_at IS NOT NULL AS told FROM notifications
      WHERE person_id = $1 ORDER BY at`,
    [person],
  );

const mailsOf = (person: PersonId) =>
  fixture.database.query<{ reason: string; others: number }>(
    'SELECT reason, others FROM mails WHERE person_id = $1',
    [person],
  );

/** As if so much time had passed since everything was planned. */
const pass = (person: PersonId, ms: number) =>
  fixture.database.query(
    'UPDATE notifications SET tell_at = tell_at - $2, at = at - $2 WHERE person_id = $1',
    [person, ms],
  );

describe('what arrives', () => {
  test('is told when the rules that the bench replays say so', async () => {
    const person = await somebody(USUAL_POLICY);
    for (const urgency of ['routine', 'same-day', 'urgent'] as const) {
      await call('handoff-offered', urgency, person);
      const last = (await planOf(person)).at(-1);
      expect(last?.tell_at).toBe(tellingAt(USUAL_POLICY, urgency, last?.at ?? 0));
    }
  });

  test('and is urgent interrupts whoever is on call, at once', async () => {
    const person = await somebody(ON_CALL);
    await call('handoff-late', 'routine', person);
    await tell();
    expect(await planOf(person)).toMatchObject([{ told: true, tell_at: null }]);
    expect(await mailsOf(person)).toEqual([{ reason: 'handoff-late', others: 0 }]);
  });

  test('for somebody who has no hours waits in the application until they say some', async () => {
    const person = await somebody(NEVER);
    await call('handoff-offered', 'urgent', person);
    await tell();
    expect(await planOf(person)).toMatchObject([{ told: false, tell_at: null }]);
    expect(await rows.list(person)).toHaveLength(1);
    await fixture.database.transaction((transaction) =>
      rows.planAgain(transaction, person, ({ reason, urgency }) =>
        plannedAt(ON_CALL, { reason, urgency, at: Date.now() - 1 }),
      ),
    );
    await says(person, ON_CALL);
    await tell();
    expect(await mailsOf(person)).toHaveLength(1);
  });

  test('for somebody who is away is told to whoever stands in, and not of where', async () => {
    const standIn = await somebody(ON_CALL);
    const person = await somebody(GONE, standIn);
    await call('handoff-offered', 'urgent', person);
    await tell();
    expect(await mailsOf(person)).toEqual([]);
    expect(await rows.list(standIn)).toMatchObject([{ reason: 'stand-in', circle: null }]);
    expect(await mailsOf(standIn)).toEqual([{ reason: 'stand-in', others: 0 }]);
    // Whoever was called as well needs no second notice.
    await call('handoff-offered', 'urgent', person, standIn);
    expect(await rows.list(standIn)).toHaveLength(2);
  });
});

describe('a digest', () => {
  test('is one mail for all that waited, led by what weighs most', async () => {
    const person = await somebody(USUAL_POLICY);
    await call('handoff-offered', 'routine', person);
    await call('handoff-offered', 'same-day', person);
    await call('handoff-answered', 'routine', person);
    await call('handoff-declined', 'routine', person);
    await fixture.database.query(
      `UPDATE notifications SET tell_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint
        WHERE person_id = $1`,
      [person],
    );
    await Promise.all([tell(), tell(), tell()]);
    await tell();
    expect(await mailsOf(person)).toEqual([{ reason: 'handoff-offered', others: 3 }]);
  });

  test('has nothing of what was read meanwhile', async () => {
    const person = await somebody(ON_CALL);
    await call('handoff-offered', 'urgent', person);
    const [one] = await rows.list(person);
    await rows.markRead(person, one === undefined ? [] : [one.id], undefined, 1);
    await tell();
    expect(await mailsOf(person)).toEqual([]);
  });

  test('that a crash undid is told once, by the next look', async () => {
    const person = await somebody(ON_CALL);
    await call('handoff-offered', 'urgent', person);
    await fixture.database.query(
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'killed'; END $$`,
    );
    await fixture.database.query(
      'CREATE TRIGGER die BEFORE INSERT ON mails FOR EACH ROW EXECUTE FUNCTION die()',
    );
    await expect(tell()).rejects.toThrow();
    expect(await planOf(person)).toMatchObject([{ told: false }]);
    await fixture.database.query('DROP TRIGGER die ON mails');
    await fixture.database.query('DROP FUNCTION die()');
    await tell();
    await tell();
    expect(await mailsOf(person)).toHaveLength(1);
  });

  test('is told again only where what was routine has become urgent', async () => {
    const person = await somebody(ON_CALL);
    const circle = somewhere();
    const again = async (urgency: Urgency) => {
      const people = [{ person, tellAt: Date.now() - 5 }];
      const attention = { reason: 'handoff-offered', urgency, circle, people, at: 1 } as const;
      await fixture.database.transaction((transaction) => rows.add(transaction, attention));
      await tell();
      return (await mailsOf(person)).length;
    };
    expect(await again('routine')).toBe(1);
    expect(await again('same-day')).toBe(1);
    expect(await again('urgent')).toBe(2);
    expect(await again('urgent')).toBe(2);
    expect(await rows.list(person)).toHaveLength(1);
  });
});

describe('after the service was away', () => {
  test('whoever may be disturbed is told by the first look, whoever may not later', async () => {
    const [awake, asleep] = [await somebody(ON_CALL), await somebody(ON_CALL)];
    for (const person of [awake, asleep]) {
      await call('handoff-offered', 'urgent', person);
      await pass(person, 3 * HOUR_MS);
    }
    const tomorrow = { from: Date.now() + HOUR_MS, to: Date.now() + 2 * HOUR_MS };
    await says(asleep, { ...NEVER, onCall: [tomorrow] });
    await tell();
    expect(await mailsOf(awake)).toHaveLength(1);
    expect(await mailsOf(asleep)).toEqual([]);
    expect(await planOf(asleep)).toMatchObject([{ told: false, tell_at: tomorrow.from }]);
  });

  const at = (text: string) => Date.parse(text);
  const due = { reason: 'handoff-late', tellAt: at('2026-11-27T18:00Z') } as const;

  test('a jump of the clock into the night tells nobody before the morning', () => {
    const night = at('2026-11-28T02:00Z');
    expect(tellingOf(USUAL_POLICY, due, night)).toBe(at('2026-11-28T07:00Z'));
    expect(tellingOf(ON_CALL, due, night)).toBe(night);
    const late = due.tellAt + LIMITS.tellingLateMs.value;
    expect(tellingOf(USUAL_POLICY, due, late)).toBe(late);
  });

  test('a change of summer time is kept: the morning is the wall’s', () => {
    const before = { reason: 'handoff-late', tellAt: at('2026-10-24T16:00Z') } as const;
    expect(tellingOf(USUAL_POLICY, before, at('2026-10-24T22:00Z'))).toBe(at('2026-10-26T07:00Z'));
  });

  test('a warning about one’s own devices never waits for the morning', () => {
    const night = at('2026-11-28T02:00Z');
    const warning = { reason: 'device-changed', urgency: 'urgent', at: night } as const;
    expect(plannedAt(USUAL_POLICY, warning)).toBe(night);
    expect(tellingOf(USUAL_POLICY, { ...warning, tellAt: due.tellAt }, night)).toBe(night);
  });
});
