/**
 * When somebody may be interrupted, as they say it themselves: hours of work, duty, absence, and
 * the times of day at which what can wait is told together. It says nothing of who they are.
 * What follows from it stands in notification-rules.ts.
 */
import { z } from 'zod';
import { Instant } from './ids.js';
import { LIMITS } from './limits.js';
import { isTimeZone } from './zoned-time.js';

/** Minutes since midnight on the wall of the person's own zone. */
const MinuteOfDay = z.int().min(0).max(1439);

/** ISO weekdays (1 is Monday); hours that end no later than they begin end on the next day. */
const WorkingHours = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: MinuteOfDay,
  to: MinuteOfDay,
});
export type WorkingHours = z.infer<typeof WorkingHours>;

/** From an instant on, up to another. */
const Period = z.strictObject({ from: Instant, to: Instant });
export type Period = z.infer<typeof Period>;

export const NotificationPolicy = z.strictObject({
  timeZone: z.string().max(LIMITS.lineLength.value).refine(isTimeZone),
  working: z.array(WorkingHours).max(LIMITS.workingHours.value),
  /** Within the hours of work: a surgery, a round, a meal. Nothing is told in them. */
  quiet: z.array(WorkingHours).max(LIMITS.workingHours.value),
  /** When what can wait is told, on days of work and within their hours. */
  digests: z.array(MinuteOfDay).max(LIMITS.digestsPerDay.value),
  /** Leave and holidays: nothing is told in them. */
  away: z.array(Period).max(LIMITS.periodsPerPolicy.value),
  /** Duty outside the hours of work (astreinte): what is urgent is told in it. */
  onCall: z.array(Period).max(LIMITS.periodsPerPolicy.value),
});
export type NotificationPolicy = z.infer<typeof NotificationPolicy>;

const HOUR = 60;

/** Until somebody says otherwise: the week of a practice, and six looks a day. */
export const USUAL_POLICY: NotificationPolicy = {
  timeZone: 'Europe/Paris',
  working: [{ days: [1, 2, 3, 4, 5, 6], from: 8 * HOUR, to: 19 * HOUR }],
  quiet: [],
  digests: [8.5, 10.5, 12.5, 14.5, 16.5, 18.5].map((hour) => hour * HOUR),
  away: [],
  onCall: [],
};
