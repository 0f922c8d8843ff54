/**
 * Replays a hospital's day twice: as it was measured, where every message interrupts whoever it is
 * written to, and as our rules tell it. What can wait and is told at one instant is one
 * interruption, for however many messages.
 */
import type { NotificationPolicy } from '@liaison/contract/notification-policy';
import { tellingAt, workedMs } from '@liaison/contract/notification-rules';
import { ASSUMED } from './hospital-day.parameters.js';
import { hospitalDay, type OnDuty } from './hospital-day.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** An ordinary Tuesday in a zone without summer time: the made day knows none. */
const MIDNIGHT = Date.UTC(2026, 10, 24);
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
/** One hour after the shift began, then every two hours. */
const FIRST_LOOK_H = 1;
const LOOK_EVERY_H = 2;

interface Replayed {
  /** Interruptions by what can wait: one a message and reader, and one a digest. */
  readonly before: number;
  readonly after: number;
  readonly urgent: number;
  readonly urgentOnTime: number;
  readonly longestWaitHours: number;
}

/** Whoever works in such a shift, every day. */
function policyOf({ from, until }: OnDuty): NotificationPolicy {
  const minuteOf = (hour: number): number => (hour % 24) * 60;
  const digests: number[] = [];
  for (let hour = from + FIRST_LOOK_H; hour < until; hour += LOOK_EVERY_H) {
    digests.push(minuteOf(hour));
  }
  const working = [{ days: EVERY_DAY, from: minuteOf(from), to: minuteOf(until) }];
  return { timeZone: 'UTC', working, quiet: [], digests, away: [], onCall: [] };
}

/** What the rules say for a shift, asked once a minute: hundreds share the answer. */
class Answers {
  readonly #known = new Map<string, { told: number; waitedMs: number }>();

  of(one: OnDuty, urgency: 'urgent' | 'routine', atMs: number): { told: number; waitedMs: number } {
    const at = MIDNIGHT + Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    const key = `${String(one.from)}-${String(one.until)}/${urgency}/${String(at)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const policy = policyOf(one);
    const told = tellingAt(policy, urgency, at) ?? Number.POSITIVE_INFINITY;
    const answer = { told, waitedMs: workedMs(policy, at, told) };
    this.#known.set(key, answer);
    return answer;
  }
}

export function replay(seed: number, urgentTimes: number): Replayed {
  const { people, messages } = hospitalDay(seed, urgentTimes);
  const answers = new Answers();
  const digests = new Set<string>();
  let [before, urgent, urgentOnTime, longestMs] = [0, 0, 0, 0];
  for (const { atMs, recipients, isUrgent } of messages) {
    for (const place of recipients) {
      const one = people[place];
      if (one === undefined) throw new Error('written to nobody');
      const { told, waitedMs } = answers.of(one, isUrgent ? 'urgent' : 'routine', atMs);
      if (isUrgent) {
        urgent += 1;
        const lateMs = told - (MIDNIGHT + atMs);
        if (lateMs <= ASSUMED.urgentWithinMinutes * MINUTE_MS) urgentOnTime += 1;
      } else {
        before += 1;
        digests.add(`${String(place)}/${String(told)}`);
        longestMs = Math.max(longestMs, waitedMs);
      }
    }
  }
  const longestWaitHours = longestMs / HOUR_MS;
  return { before, after: digests.size, urgent, urgentOnTime, longestWaitHours };
}
