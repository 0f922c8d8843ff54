/**
 * The synthetic weekday of an 880-bed hospital against which notifications are judged. Its figures
 * were fixed before there was a budget of interruptions to judge, and must never be tuned to one.
 *
 * `MEASURED` is what was published; `ASSUMED` is ours, and says so: only its totals are pinned, by
 * the measured intervals that the made day has to reproduce (hospital-day.test.ts).
 */

/**
 * 1. "Interruption burden of secure messaging", Society of Hospital Medicine, abstract 39863: two
 *    weeks of 2023 in a quaternary hospital of 880 beds. 628,162 messages sent and 1,511,429 read,
 *    62,816 sent a weekday; sending and reading both counted, so 3.4 interruptions a message.
 * 2. "A Matter of Urgency", Journal of Hospital Medicine 13(9), 2018: 223 of 273 texts that reached
 *    teaching teams were not urgent.
 */
export const MEASURED = {
  beds: 880,
  messagesPerWeekday: 62_816,
  readPerMessage: 1_511_429 / 628_162,
  interruptionsPerMessage: 3.4,
  /** Share of messages that could not wait (2). */
  urgentShare: 1 - 223 / 273,
  /** Minutes between two interruptions of one person on duty, least and most over services (1). */
  minutesBetween: {
    nurse: [6.1, 7.2],
    frontline: [2.2, 4],
    resident: [4.9, 5.7],
    attending: [9.6, 10.6],
    discharge: [1.6, 7.1],
    'intensive-care': [7.8, 8.8],
  },
} as const;

export type Role = keyof typeof MEASURED.minutesBetween | 'other';

/** People on duty from an hour of the day on; past midnight goes on at the day's own start. */
interface Shift {
  readonly from: number;
  readonly hours: number;
  readonly people: number;
}

interface Duty {
  readonly shifts: readonly Shift[];
  /** Parts of a thousand of all that is sent, and of all that is received. */
  readonly sends: number;
  readonly receives: number;
}

export const ASSUMED = {
  duties: {
    nurse: {
      shifts: [
        { from: 7, hours: 12, people: 340 },
        { from: 19, hours: 12, people: 220 },
      ],
      sends: 360,
      receives: 255,
    },
    frontline: {
      shifts: [
        { from: 7, hours: 12, people: 130 },
        { from: 19, hours: 12, people: 50 },
      ],
      sends: 200,
      receives: 193,
    },
    resident: { shifts: [{ from: 7, hours: 12, people: 125 }], sends: 100, receives: 93 },
    attending: { shifts: [{ from: 7, hours: 12, people: 185 }], sends: 70, receives: 79 },
    discharge: { shifts: [{ from: 8, hours: 12, people: 50 }], sends: 50, receives: 34 },
    'intensive-care': {
      shifts: [
        { from: 7, hours: 12, people: 120 },
        { from: 19, hours: 12, people: 80 },
      ],
      sends: 80,
      receives: 82,
    },
    other: {
      shifts: [
        { from: 8, hours: 8, people: 480 },
        { from: 16, hours: 8, people: 120 },
        { from: 0, hours: 8, people: 100 },
      ],
      sends: 140,
      receives: 264,
    },
  } satisfies Record<Role, Duty>,
  /** Weight of each hour from midnight on: rounds, discharges before noon, a quiet night. */
  hours: [
    14, 12, 11, 10, 11, 14, 22, 50, 68, 72, 74, 72, 64, 66, 70, 70, 66, 58, 44, 34, 28, 24, 20, 16,
  ],
  /** How many somebody writes to, with its weight: most to one, some to a whole team. */
  recipients: [
    [1, 630],
    [2, 120],
    [3, 80],
    [5, 70],
    [8, 60],
    [12, 40],
  ],
  /** The urgent share is also played so many times as large: it is what we know least. */
  urgentTimes: [0.5, 1, 2],
  /** An urgent message that is told later than this is late. */
  urgentWithinMinutes: 1,
  /** Nothing that can wait waits longer than this, in the hours in which its reader works. */
  routineWithinWorkingHours: 4,
} as const;
