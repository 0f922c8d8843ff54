/**
 * What a care life will try, drawn before it begins: when it begins, how its server is cut into
 * processes, and what happens at which instants. Each act carries its own chance, so that a life
 * that failed can be played again without some of them.
 */
import { Chance } from '../chance.js';

/** What people do. */
export const DEEDS = {
  discharge: 4,
  ask: 3,
  answer: 20,
  'step-item': 14,
  reassign: 4,
  'about-absentee': 4,
  end: 3,
  'leave-team': 3,
  'join-team': 2,
  'leave-file': 2,
  'declare-holder': 3,
  'read-notices': 8,
  'change-settings': 3,
} as const;

/** What happens to the machines. */
export const TROUBLES = {
  'process-ends': 6,
  'process-fuse': 8,
  'workers-end': 3,
  'database-away': 4,
  'database-fuse': 4,
  'wipe-queues': 6,
  'queues-away': 3,
  'clock-forward': 4,
  'clock-back': 4,
  'relay-mood': 4,
  'push-mood': 5,
} as const;

export type ActName = keyof typeof DEEDS | keyof typeof TROUBLES;

export interface CareAct {
  readonly name: ActName;
  /** After the life began. */
  readonly atMs: number;
  readonly chance: string;
}

/** One process for all, one of each, or two of each. */
type Shape = 'one' | 'each' | 'two';

export interface CarePlan {
  readonly seed: number;
  readonly begins: number;
  readonly shape: Shape;
  readonly acts: readonly CareAct[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/**
 * Ordinary days, a Friday at half past four, and the eves of both changes of the clock in Paris.
 */
const BEGINNINGS = [
  ['2027-02-02T09:10:00Z', 4],
  ['2027-02-05T15:30:00Z', 2],
  ['2027-02-03T20:00:00Z', 1],
  ['2027-03-27T14:00:00Z', 3],
  ['2026-10-24T14:00:00Z', 3],
] as const;
const SPANS_MS = [3 * HOUR_MS, 10 * HOUR_MS, DAY_MS, 3 * DAY_MS] as const;

function weighted<T extends string>(weights: Readonly<Record<T, number>>): T[] {
  return Object.entries<number>(weights).flatMap(([name, weight]) =>
    Array.from({ length: weight }, () => name as T),
  );
}

const deeds = weighted(DEEDS);
const troubles = weighted(TROUBLES);
const beginnings = BEGINNINGS.flatMap(([at, weight]) =>
  Array.from({ length: weight }, () => Date.parse(at)),
);

export function carePlanOf(seed: number): CarePlan {
  const chance = new Chance(`care ${seed}`);
  const begins = (chance.pick(beginnings) ?? 0) + chance.below(HOUR_MS);
  const spanMs = chance.pick(SPANS_MS) ?? DAY_MS;
  const first = chance.happens(0.7) ? 'discharge' : 'ask';
  const names: ActName[] = [];
  for (let i = chance.between(3, 12); i > 0; i--) names.push(chance.pick(deeds) ?? 'answer');
  // One life of five has no trouble at all.
  const many = chance.happens(0.2) ? 0 : chance.between(1, 5);
  for (let i = many; i > 0; i--) names.push(chance.pick(troubles) ?? 'wipe-queues');
  const acts = names.map((name, i) => {
    return { name, atMs: MINUTE_MS + chance.below(spanMs), chance: `care ${seed} ${i}` };
  });
  acts.sort((a, b) => a.atMs - b.atMs);
  const begun = { name: first, atMs: 1000, chance: `care ${seed} first` } as const;
  const shape = chance.pick(['one', 'each', 'two'] as const) ?? 'one';
  return { seed, begins, shape, acts: [begun, ...acts] };
}
