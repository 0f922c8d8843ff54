/** Whoever is told is told in their own hours, urgent things at once, the others in time. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LIMITS } from './limits.js';
import { NotificationPolicy, USUAL_POLICY } from './notification-policy.js';
import { digestsBetween, isReachable, tellingAt, workedMs } from './notification-rules.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Zones with two kinds of summer time, with half an hour, and with none. */
const ZONES = ['Europe/Paris', 'America/Cayenne', 'Australia/Lord_Howe', 'Indian/Reunion'];
const at = (text: string): number => Date.parse(text);
const said = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 16);

/** A ward's night: from 19:00 to 07:00 on any day, looked at four times. */
const NIGHT: NotificationPolicy = {
  ...USUAL_POLICY,
  working: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 19 * 60, to: 7 * 60 }],
  digests: [20 * 60, 0, 180, 360],
};

describe('somebody with the usual hours', () => {
  const told = (urgency: 'routine' | 'same-day' | 'urgent', text: string): string | null =>
    said(tellingAt(USUAL_POLICY, urgency, at(text)));

  test('is told of what can wait at the next digest, of what cannot at once', () => {
    expect(told('routine', '2026-11-27T09:00Z')).toBe('2026-11-27T09:30');
    expect(told('urgent', '2026-11-27T09:00Z')).toBe('2026-11-27T09:00');
  });

  test('has their evening and their Sunday', () => {
    expect(told('urgent', '2026-11-28T21:00Z')).toBe('2026-11-30T07:00');
    expect(told('routine', '2026-11-28T21:00Z')).toBe('2026-11-30T07:30');
    expect(isReachable(USUAL_POLICY, at('2026-11-29T10:00Z'))).toBe(false);
  });

  test('is told at once of what is wanted today when no digest is left of it', () => {
    expect(told('same-day', '2026-11-27T17:45Z')).toBe('2026-11-27T17:45');
    expect(told('routine', '2026-11-27T17:45Z')).toBe('2026-11-28T07:30');
    expect(told('same-day', '2026-11-27T09:00Z')).toBe('2026-11-27T09:30');
  });

  test('keeps the wall’s hours when summer time begins and ends', () => {
    expect(told('routine', '2026-03-28T20:00Z')).toBe('2026-03-30T06:30');
    expect(told('routine', '2026-10-24T20:00Z')).toBe('2026-10-26T07:30');
    const sunday = { ...NIGHT, digests: [150] };
    const twice = digestsBetween(sunday, at('2026-10-24T20:00Z'), at('2026-10-25T06:00Z'));
    expect(twice.map(said)).toEqual(['2026-10-25T00:30']);
    const leapt = digestsBetween(sunday, at('2026-03-28T20:00Z'), at('2026-03-29T06:00Z'));
    expect(leapt.map(said)).toEqual(['2026-03-29T01:30']);
  });
});

test('a night belongs to the day on which it begins', () => {
  expect(said(tellingAt(NIGHT, 'routine', at('2026-11-27T23:30Z')))).toBe('2026-11-28T02:00');
  expect(isReachable(NIGHT, at('2026-11-28T05:59Z'))).toBe(true);
  expect(isReachable(NIGHT, at('2026-11-28T06:00Z'))).toBe(false);
});

test('duty lets what is urgent through, and nothing else; leave lets nothing through', () => {
  const duty = { from: at('2026-11-28T20:00Z'), to: at('2026-11-29T06:00Z') };
  const onCall = { ...USUAL_POLICY, onCall: [duty] };
  expect(tellingAt(onCall, 'urgent', duty.from + 1)).toBe(duty.from + 1);
  expect(said(tellingAt(onCall, 'routine', duty.from + 1))).toBe('2026-11-30T07:30');
  const leave = { from: at('2026-11-27T00:00Z'), to: at('2026-12-05T00:00Z') };
  const gone = { ...USUAL_POLICY, away: [leave] };
  expect(said(tellingAt(gone, 'urgent', at('2026-11-27T10:00Z')))).toBe('2026-12-05T07:00');
  const never = { ...USUAL_POLICY, working: [] };
  expect(tellingAt(never, 'routine', duty.from)).toBe(null);
});

test('a surgery within the hours of work is not disturbed, except by duty', () => {
  const quiet = [{ days: [5], from: 9 * 60, to: 12 * 60 }];
  const surgeon = { ...USUAL_POLICY, quiet };
  expect(said(tellingAt(surgeon, 'urgent', at('2026-11-27T09:00Z')))).toBe('2026-11-27T11:00');
  expect(said(tellingAt(surgeon, 'routine', at('2026-11-27T09:00Z')))).toBe('2026-11-27T11:30');
  const duty = { from: at('2026-11-27T08:30Z'), to: at('2026-11-27T10:00Z') };
  const called = tellingAt({ ...surgeon, onCall: [duty] }, 'urgent', at('2026-11-27T09:00Z'));
  expect(said(called)).toBe('2026-11-27T09:00');
});

test('a zone that nobody knows is refused', () => {
  const unknown = { ...USUAL_POLICY, timeZone: 'Europe/Laon' };
  expect(NotificationPolicy.safeParse(unknown).success).toBe(false);
});

const minute = fc.integer({ min: 0, max: 1439 });
const start = at('2026-01-01T00:00Z');
const instant = fc.integer({ min: start, max: start + 366 * DAY_MS });
const period = fc
  .tuple(instant, fc.integer({ min: 1, max: 9 * DAY_MS }))
  .map(([from, length]) => ({ from, to: from + length }));
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const anyPolicy: fc.Arbitrary<NotificationPolicy> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  working: fc.array(fc.record({ days: weekdays, from: minute, to: minute }), { maxLength: 2 }),
  quiet: fc.array(fc.record({ days: weekdays, from: minute, to: minute }), { maxLength: 1 }),
  digests: fc.uniqueArray(minute, { maxLength: 8 }),
  away: fc.array(period, { maxLength: 2 }),
  onCall: fc.array(period, { maxLength: 2 }),
});

test('whatever somebody’s hours: never before it arrives, never outside them, never too late', () => {
  const urgency = fc.constantFrom('routine', 'same-day', 'urgent');
  fc.assert(
    fc.property(anyPolicy, urgency, instant, (policy, wanted, arrived) => {
      const told = tellingAt(policy, wanted, arrived);
      if (told === null) return;
      expect(told).toBeGreaterThanOrEqual(arrived);
      // The instant at which the last working minute ends is still told of.
      expect(isReachable(policy, told) || isReachable(policy, told - 1)).toBe(true);
      expect(workedMs(policy, arrived, told)).toBeLessThanOrEqual(LIMITS.routineWaitMs.value);
      if (wanted === 'urgent' && isReachable(policy, arrived)) expect(told).toBe(arrived);
    }),
    { numRuns: 300 },
  );
});
