/**
 * Plays lives in a process of its own, and says what came of them in lines of JSON: each life that
 * failed with the acts that are needed for it, and what all of them were together.
 *
 *   node --import hooks.mjs life.program.js '{"mode":"model","first":1,"step":1,"count":100}'
 */
import { PLANTS } from './plants.js';
import { type Plan, planOf } from './life/plan.js';
import { faultNames, FAULTS, type Outcome } from './life/told.js';
import { liveOnce, type Plant, shrink } from './life/whole.js';
import type { Mode } from './primitives/mode.js';

interface Wanted {
  readonly mode: Mode;
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** Ends after this long, wherever it is. */
  readonly forMs: number | null;
  /** Something to be wrong with the programs; it ends with the first life that shows it. */
  readonly plant: string | null;
  /** Goes on after that one, and tells of lives with something planted as of all others. */
  readonly tells: boolean;
  /** Each life's outcome, not only of those that failed. */
  readonly each: boolean;
}

/** The machine's own clock: lives bring their own. */
const clock = performance.now.bind(performance);
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** Failed lives that a process makes shorter, and for how long it may try: each try is a life. */
const SHRUNK = 2;
const SHRINK_MS = 15_000;
/** Sentences told of each fault: the rest is counted. */
const SENTENCES = 3;

const ADDED = [
  ...(['people', 'devices', 'acts', 'items', 'opened', 'kept', 'agreed'] as const),
  ...(['reset', 'refused', 'readmitted'] as const),
];
type Sum = Record<(typeof ADDED)[number] | 'lives' | 'failed', number>;

const nothing = (): Sum => ({
  ...{ lives: 0, failed: 0, people: 0, devices: 0, acts: 0, items: 0 },
  ...{ opened: 0, kept: 0, agreed: 0, reset: 0, refused: 0, readmitted: 0 },
});

const plantOf = ({ plant }: Wanted): Plant | null =>
  plant === null ? null : (PLANTS[plant]?.plant ?? null);

async function live(wanted: Wanted): Promise<Sum> {
  const { mode, first, step, count, forMs } = wanted;
  const plant = plantOf(wanted);
  const ends = forMs === null ? Infinity : clock() + forMs;
  const sum = nothing();
  for (let i = 0; i < count && clock() < ends; i++) {
    const plan = planOf(first + i * step);
    const outcome = await liveOnce(plan, mode, plant);
    sum.lives += 1;
    for (const name of ADDED) sum[name] += outcome[name];
    const failed = faultNames(outcome.faults);
    if (wanted.each) say({ outcome });
    if (failed.length === 0) continue;
    sum.failed += 1;
    if (plant === null || wanted.tells) await tell(plan, wanted, outcome, sum.failed <= SHRUNK);
    else {
      say({ caught: failed, lives: sum.lives });
      break;
    }
  }
  return sum;
}

async function tell(plan: Plan, wanted: Wanted, { faults: all }: Outcome, isShrunk: boolean) {
  const until = clock() + SHRINK_MS;
  const { mode } = wanted;
  const needs = isShrunk
    ? await shrink(plan, mode, plantOf(wanted), all, () => clock() < until)
    : plan;
  const { seed, people, faults: rate, isRough, sockets } = plan;
  const needed = needs.acts.map(({ name, chance, pauseMs }) => `${name} (${chance}) ${pauseMs} ms`);
  const counts = Object.fromEntries(FAULTS.map((name) => [name, all[name].length]));
  const faults = faultNames(all).map((name) => [name, all[name].slice(0, SENTENCES)]);
  const told = { needed, counts, faults: Object.fromEntries(faults) as object };
  say({ failed: { seed, mode, people, rate, isRough, sockets, ...told } });
}

const wanted = JSON.parse(process.argv[2] ?? '{}') as Wanted;
say({ sum: await live(wanted) });
// What a life's programs still wait for never comes.
process.exit(0);
