/**
 * Makes the day of `hospital-day.parameters.ts`: who writes to whom at which minute, and what
 * cannot wait. A seed gives the same day again. It must know nothing of how anybody is told.
 */
import { Chance } from '../../test/simulation/chance.js';
import { ASSUMED, MEASURED, type Role } from './hospital-day.parameters.js';

const HOUR_MS = 3_600_000;

/** Somebody on duty. Hours count from the midnight at which the day begins. */
export interface OnDuty {
  readonly role: Role;
  readonly from: number;
  readonly until: number;
}

/** Indexes are places in the day's `people`. */
interface Message {
  readonly atMs: number;
  readonly sender: number;
  readonly recipients: readonly number[];
  readonly isUrgent: boolean;
}

interface HospitalDay {
  readonly people: readonly OnDuty[];
  /** In the order in which they are sent. */
  readonly messages: readonly Message[];
}

type Weighted<T> = readonly (readonly [value: T, weight: number])[];

const HOURS = ASSUMED.hours.map((weight, hour) => [hour, weight] as const);

const ROLES = Object.keys(ASSUMED.duties) as Role[];

function everybody(): OnDuty[] {
  return ROLES.flatMap((role) =>
    ASSUMED.duties[role].shifts.flatMap(({ from, hours, people }) =>
      Array.from({ length: people }, () => ({ role, from, until: from + hours })),
    ),
  );
}

/** Yesterday's night shift is on duty this morning as tonight's will be: the day is a ring. */
export function isOnDuty({ from, until }: OnDuty, hour: number): boolean {
  return (hour >= from && hour < until) || hour + 24 < until;
}

function drawn<T>(chance: Chance, from: Weighted<T>): T {
  let left = chance.below(from.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [value, weight] of from) {
    if (left < weight) return value;
    left -= weight;
  }
  throw new Error('nothing to draw from');
}

/** Who is there at an hour: the places of each role, with how much that role writes or reads. */
function thereAt(people: readonly OnDuty[], hour: number, does: 'sends' | 'receives') {
  const there = ROLES.map((role) => {
    const isThere = (one: OnDuty): boolean => one.role === role && isOnDuty(one, hour);
    const places = people.flatMap((one, place) => (isThere(one) ? [place] : []));
    return [places, ASSUMED.duties[role][does]] as const;
  });
  return there.filter(([places]) => places.length > 0);
}

/** Who is there at each hour of the day. */
class Rota {
  readonly #there;

  constructor(people: readonly OnDuty[]) {
    this.#there = HOURS.map(([hour]) => ({
      sends: thereAt(people, hour, 'sends'),
      receives: thereAt(people, hour, 'receives'),
    }));
  }

  draw(chance: Chance, hour: number, does: 'sends' | 'receives'): number {
    return chance.pick(drawn(chance, this.#there[hour]?.[does] ?? [])) ?? 0;
  }
}

function message(chance: Chance, rota: Rota, urgentShare: number): Message {
  const hour = drawn(chance, HOURS);
  const sender = rota.draw(chance, hour, 'sends');
  const size = drawn<number>(chance, ASSUMED.recipients);
  const recipients = new Set<number>();
  while (recipients.size < size) {
    const recipient = rota.draw(chance, hour, 'receives');
    if (recipient !== sender) recipients.add(recipient);
  }
  const atMs = hour * HOUR_MS + chance.below(HOUR_MS);
  return { atMs, sender, recipients: [...recipients], isUrgent: chance.happens(urgentShare) };
}

export function hospitalDay(seed: number, urgentTimes = 1): HospitalDay {
  const chance = new Chance(seed);
  const people = everybody();
  const rota = new Rota(people);
  const urgentShare = MEASURED.urgentShare * urgentTimes;
  const messages = Array.from({ length: MEASURED.messagesPerWeekday }, () =>
    message(chance, rota, urgentShare),
  ).sort((a, b) => a.atMs - b.atMs);
  return { people, messages };
}
