/**
 * When somebody is told of what waits for them: pure functions of their policy and an instant, so
 * that whoever asks finds the same answer. Urgent things are told at once to whoever works or is on
 * call, and to nobody else: the deadline's own chain finds the next. The others wait for a digest.
 */
import type { Urgency } from './handoff.js';
import { LIMITS } from './limits.js';
import type { NotificationPolicy, Period, WorkingHours } from './notification-policy.js';
import { dayOf, instantOf, weekdayOf } from './zoned-time.js';

const DAY_MS = 86_400_000;
/** Nearly everybody works again within days; nobody's leave is looked beyond. */
const HORIZONS_DAYS = [3, 62];

function isIn(periods: readonly Period[], instant: number): boolean {
  return periods.some(({ from, to }) => instant >= from && instant < to);
}

/** One stretch of work that begins on that day, if that weekday has it. */
function stretch(policy: NotificationPolicy, day: number, hours: WorkingHours): Period[] {
  if (!hours.days.includes(weekdayOf(day))) return [];
  const lastDay = hours.to > hours.from ? day : day + 1;
  const from = instantOf(policy.timeZone, day, hours.from);
  return [{ from, to: instantOf(policy.timeZone, lastDay, hours.to) }];
}

/** Without the leave and the quiet hours that fall into it. */
function without(away: readonly Period[], work: Period): Period[] {
  return away.reduce<Period[]>(
    (left, gone) =>
      left.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, gone.from) },
          { from: Math.max(from, gone.to), to },
        ].filter((part) => part.from < part.to),
      ),
    [work],
  );
}

function days(policy: NotificationPolicy, from: number, until: number): number[] {
  const first = dayOf(policy.timeZone, from) - 1;
  const last = dayOf(policy.timeZone, until);
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

/** Stretches in order, those that overlap made one. */
function joined(stretches: readonly Period[]): Period[] {
  const whole: Period[] = [];
  for (const next of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last === undefined || next.from > last.to) whole.push(next);
    else whole.splice(-1, 1, { from: last.from, to: Math.max(last.to, next.to) });
  }
  return whole;
}

/** Stretches of work that touch the time between two instants, in order. */
function workBetween(policy: NotificationPolicy, from: number, until: number): Period[] {
  const dates = days(policy, from, until);
  const on = (list: readonly WorkingHours[]): Period[] =>
    dates.flatMap((day) => list.flatMap((hours) => stretch(policy, day, hours)));
  const silent = [...policy.away, ...on(policy.quiet)];
  const work = on(policy.working).flatMap((one) => without(silent, one));
  return joined(work).filter((one) => one.to > from && one.from < until);
}

/** When what waits is told, from one instant on and before another, in order. */
export function digestsBetween(policy: NotificationPolicy, from: number, until: number): number[] {
  const work = workBetween(policy, from - DAY_MS, until + DAY_MS);
  return days(policy, from, until)
    .flatMap((day) => policy.digests.map((minute) => instantOf(policy.timeZone, day, minute)))
    .filter((at) => at >= from && at < until && isIn(work, at))
    .sort((a, b) => a - b);
}

/** Whether what is urgent may interrupt now. */
export function isReachable(policy: NotificationPolicy, at: number): boolean {
  return isIn(policy.onCall, at) || isIn(workBetween(policy, at, at + 1), at);
}

/** When work or duty begins next; `at` itself where it has. Null beyond the horizon. */
function nextReachable(policy: NotificationPolicy, at: number): number | null {
  if (isReachable(policy, at)) return at;
  const duty = policy.onCall.map(({ from }) => from).filter((from) => from > at);
  for (const days of HORIZONS_DAYS) {
    const [work] = workBetween(policy, at, at + days * DAY_MS);
    if (work !== undefined) return Math.min(work.from, ...duty);
  }
  return duty.length === 0 ? null : Math.min(...duty);
}

/** The first instant at which so much of somebody's working time has passed. */
function afterWorking(policy: NotificationPolicy, at: number, ms: number): number | null {
  for (const days of HORIZONS_DAYS) {
    let left = ms;
    for (const { from, to } of workBetween(policy, at, at + days * DAY_MS)) {
      const start = Math.max(from, at);
      if (start + left <= to) return start + left;
      left -= to - start;
    }
  }
  return null;
}

/**
 * When somebody is told of what arrived at `at`; null where nothing says when they are back. What
 * can wait is told at the next digest, or once it has waited long enough of their working time;
 * what is wanted the same day is told at once where no digest is left of it.
 */
export function tellingAt(policy: NotificationPolicy, urgency: Urgency, at: number): number | null {
  if (urgency === 'urgent') return nextReachable(policy, at);
  const latest = afterWorking(policy, at, LIMITS.routineWaitMs.value);
  if (latest === null) return nextReachable(policy, at);
  const told = digestsBetween(policy, at, latest)[0] ?? latest;
  const isToday = dayOf(policy.timeZone, told) === dayOf(policy.timeZone, at);
  return urgency === 'same-day' && !isToday ? nextReachable(policy, at) : told;
}

/** Whether somebody is on leave then: whoever stands in for them is told as well. */
export function isAway(policy: NotificationPolicy, at: number): boolean {
  return isIn(policy.away, at);
}

/** How much of the time between two instants is somebody's working time, in milliseconds. */
export function workedMs(policy: NotificationPolicy, from: number, until: number): number {
  return workBetween(policy, from, until).reduce(
    (sum, work) => sum + Math.min(work.to, until) - Math.max(work.from, from),
    0,
  );
}
