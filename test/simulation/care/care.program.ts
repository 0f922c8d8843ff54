/**
 * Plays care lives in a process of its own, and says what came of them in lines of JSON: each life
 * that failed with the acts that are needed for it, and what all of them were together.
 */
import { type CarePlan, carePlanOf } from './plan.js';
import { type CareOutcome, type CarePlant, failedIn, liveCare, shrinkCare } from './whole.js';
import { PLANTS } from './plants.js';

interface Wanted {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly forMs: number | null;
  readonly plant: string | null;
  readonly each: boolean;
}

/** The machine's own clock: lives bring their own. */
const clock = performance.now.bind(performance);
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** Failed lives that a process makes shorter, and for how long it may try. */
const SHRUNK = 2;
const SHRINK_MS = 10_000;
const SENTENCES = 3;
const COUNTS = ['acts', 'steps', 'refused', 'fired', 'escalations'] as const;
const ADDED = [...COUNTS, 'jumps', 'tellings', 'sent', 'resent'] as const;

function plantOf({ plant: name }: Wanted): CarePlant | null {
  if (name === null) return null;
  const plant = PLANTS[name];
  if (plant === undefined) throw new Error(`There is no plant of that name: ${name}`);
  return plant;
}

async function live(wanted: Wanted): Promise<Record<string, number>> {
  const { first, step, count, forMs } = wanted;
  const plant = plantOf(wanted);
  const ends = forMs === null ? Infinity : clock() + forMs;
  const sum: Record<string, number> = { lives: 0, failed: 0, latestMs: 0 };
  for (let i = 0; i < count && clock() < ends; i++) {
    const plan = carePlanOf(first + i * step);
    const outcome = await liveCare(plan, plant);
    sum['lives'] = i + 1;
    for (const name of ADDED) sum[name] = (sum[name] ?? 0) + outcome[name];
    sum['latestMs'] = Math.max(sum['latestMs'] ?? 0, outcome.latestMs);
    if (wanted.each) say({ outcome });
    if (failedIn(outcome).length === 0) continue;
    sum['failed'] = (sum['failed'] ?? 0) + 1;
    if (plant === null) await tell(plan, outcome, plant, sum['failed'] <= SHRUNK);
    else {
      say({ caught: failedIn(outcome), lives: i + 1 });
      break;
    }
  }
  return sum;
}

async function tell(
  plan: CarePlan,
  outcome: CareOutcome,
  plant: CarePlant | null,
  isShrunk: boolean,
) {
  const names = failedIn(outcome);
  const until = clock() + SHRINK_MS;
  const [first] = names;
  const needs =
    isShrunk && first !== undefined
      ? await shrinkCare(plan, plant, first, () => clock() < until)
      : plan;
  const needed = needs.acts.map(({ name, chance, atMs }) => `${name} (${chance}) at ${atMs} ms`);
  const counts = Object.fromEntries(names.map((name) => [name, outcome.faults[name].length]));
  const faults = Object.fromEntries(
    names.map((name) => [name, outcome.faults[name].slice(0, SENTENCES)]),
  );
  say({ failed: { seed: plan.seed, mode: 'care', shape: plan.shape, needed, counts, faults } });
}

const wanted = JSON.parse(process.argv[2] ?? '{}') as Wanted;
say({ sum: await live(wanted) });
// What a life's programs still wait for never comes.
process.exit(0);
