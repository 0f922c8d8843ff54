/** The made day is the measured one: its totals and each role's interval, before any budget. */
import { describe, expect, test } from '@jest/globals';
import { ASSUMED, MEASURED, type Role } from './hospital-day.parameters.js';
import { hospitalDay, isOnDuty } from './hospital-day.js';

const day = hospitalDay(1);

/** Minutes between two interruptions of somebody of this role, where every message interrupts. */
function minutesBetween(role: Role): number {
  const minutes = day.people
    .filter((one) => one.role === role)
    .reduce((sum, { from, until }) => sum + (until - from) * 60, 0);
  const told = day.messages
    .flatMap(({ sender, recipients }) => [sender, ...recipients])
    .filter((place) => day.people[place]?.role === role);
  return minutes / told.length;
}

describe('the day of a hospital', () => {
  test('has the measured volume, and interrupts as often a message as was measured', () => {
    expect(day.messages).toHaveLength(MEASURED.messagesPerWeekday);
    const read = day.messages.reduce((sum, { recipients }) => sum + recipients.length, 0);
    expect(read / day.messages.length).toBeCloseTo(MEASURED.readPerMessage, 1);
    expect(1 + read / day.messages.length).toBeCloseTo(MEASURED.interruptionsPerMessage, 1);
  });

  test.each(Object.entries(MEASURED.minutesBetween))(
    'interrupts somebody of %s as often as was measured',
    (role, [least, most]) => {
      const minutes = minutesBetween(role as Role);
      expect(minutes).toBeGreaterThanOrEqual(least);
      expect(minutes).toBeLessThanOrEqual(most);
    },
  );

  test('has as many urgent messages as was measured, or half or twice as many', () => {
    for (const times of ASSUMED.urgentTimes) {
      const { messages } = hospitalDay(2, times);
      const share = messages.filter(({ isUrgent }) => isUrgent).length / messages.length;
      expect(share).toBeCloseTo(MEASURED.urgentShare * times, 2);
    }
  });

  test('is written and read by those on duty, and never by the sender alone', () => {
    const odd = day.messages.filter(({ atMs, sender, recipients }) => {
      const hour = Math.floor(atMs / 3_600_000);
      const there = [sender, ...recipients].map((place) => day.people[place]);
      const areThere = there.every((one) => one !== undefined && isOnDuty(one, hour));
      return !areThere || recipients.length === 0 || recipients.includes(sender);
    });
    expect(odd).toEqual([]);
  });

  test('is the same day for the same seed', () => {
    expect(hospitalDay(1).messages.slice(0, 500)).toEqual(day.messages.slice(0, 500));
  });
});
