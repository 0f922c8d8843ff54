/**
 * What a life will try, drawn before it begins: each act carries its own chance, so that a life
 * that failed can be played again without some of its acts.
 */
import { Chance } from '../chance.js';

export const ACTS = {
  post: 30,
  'create-team': 5,
  'join-team': 12,
  'remove-from-team': 6,
  'leave-team': 5,
  'hand-over': 4,
  'create-channel': 8,
  'add-to-channel': 7,
  'remove-from-channel': 4,
  'leave-channel': 3,
  'add-device': 3,
  'link-device': 3,
  'revoke-device': 4,
  'retire-device': 2,
  'replace-paper': 4,
  'new-colleague': 3,
  'lose-everything': 1,
  'begin-anew': 1,
  'refuse-reset': 1,
  'let-in-again': 1,
  'end-program': 6,
  'start-program': 6,
  offline: 5,
  online: 6,
  'move-clock': 2,
  'restart-server': 2,
  refresh: 6,
  read: 4,
} as const;
export type ActName = keyof typeof ACTS;

export interface PlannedAct {
  readonly name: ActName;
  readonly chance: string;
  /** Time that goes by before the next one. */
  readonly pauseMs: number;
}

export interface Plan {
  readonly seed: number;
  readonly people: number;
  /** Whether devices hear by a socket, or only ask. */
  readonly sockets: boolean;
  readonly faults: number;
  /** Whether things go wrong from the first sign-in on. */
  readonly isRough: boolean;
  /** Whether a circle is large, and has sectors, from a handful of people on. */
  readonly isCrowded: boolean;
  readonly acts: readonly PlannedAct[];
}

const PAUSES_MS = [0, 20, 500, 3000, 40_000, 3_600_000, 86_400_000] as const;
/** After it whoever lost everything may begin anew. */
const RESET_WAIT_MS = 73 * 3_600_000;
const FAULTS = [0, 0, 0.05, 0.15, 0.3] as const;

/** Most lives are short; a few are those of a whole service. */
function sizeOf(chance: Chance): { people: number; acts: number } {
  if (chance.happens(0.7)) return { people: 2, acts: chance.between(4, 10) };
  if (chance.happens(0.7)) return { people: chance.between(3, 4), acts: chance.between(6, 14) };
  if (chance.happens(0.85)) return { people: chance.between(4, 8), acts: chance.between(12, 30) };
  return { people: chance.between(8, 40), acts: chance.between(20, 60) };
}

/** Most lives begin with something to have members in. */
const OPENINGS: readonly (readonly ActName[])[] = [
  [],
  ['create-channel'],
  ['create-team', 'create-channel'],
  ['create-team', 'join-team', 'create-channel', 'add-to-channel'],
];

/** What comes before and after a new beginning: left to chance, it is seldom all there. */
const BEGINNING_ANEW: readonly ActName[] = [
  ...(['create-team', 'join-team', 'create-channel', 'add-to-channel'] as const),
  ...(['lose-everything', 'refuse-reset', 'begin-anew', 'let-in-again', 'post'] as const),
];

function openingOf(chance: Chance): readonly ActName[] {
  if (!chance.happens(0.05)) return chance.pick(OPENINGS) ?? [];
  return chance.happens(0.5)
    ? BEGINNING_ANEW
    : BEGINNING_ANEW.filter((name) => name !== 'refuse-reset');
}

function pauseAfter(name: ActName, chance: Chance): number {
  if (name === 'lose-everything' && chance.happens(0.5)) return RESET_WAIT_MS;
  return chance.pick(PAUSES_MS) ?? 0;
}

export function planOf(seed: number): Plan {
  const chance = new Chance(`plan ${seed}`);
  const { people, acts } = sizeOf(chance);
  const names = Object.entries(ACTS).flatMap(([name, weight]) =>
    Array.from({ length: weight }, () => name as ActName),
  );
  const opening = openingOf(chance);
  return {
    seed,
    people,
    sockets: chance.happens(0.6),
    faults: chance.pick(FAULTS) ?? 0,
    isRough: chance.happens(0.4),
    isCrowded: people > 2 && chance.happens(0.3),
    acts: Array.from({ length: acts }, (_, i) => {
      const name = opening[i] ?? chance.pick(names) ?? 'post';
      return { name, chance: `act ${seed} ${i}`, pauseMs: pauseAfter(name, chance) };
    }),
  };
}
