/**
 * Many whole lives of real clients and a real server's rules, in model mode and with real
 * primitives, under faults; and faults planted on purpose, which the oracles must see. What fails
 * is printed with its seed and the acts that it needs; `SEED=N npm test simulation` plays that one.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { compile } from '../../tools/start/compile.mjs';
import { playLives, report } from './fleet.mjs';
import { livesPlayed } from './gate.share.js';
import { catchPlanted } from './planted.faults.js';

const MODEL_LIVES = livesPlayed(5000);
const REAL_LIVES = livesPlayed(200);
/** All of them are played, however slow or busy the machine: only what hangs ends by this. */
const MODEL_MS = 1_200_000;
const REAL_MS = 300_000;
/** Lives that a planted fault may need until it shows. */
const PLANTED_LIVES = 300;
const BUDGET_MS = 1_500_000;

const PLANTS = [
  ['the server keeps back the last entry of a page', 'disagreed'],
  ['the server keeps back sealed keys', 'unopened'],
  ['the server gives one entry for another', 'disagreed'],
  ['no epoch is opened after somebody left or a key moved', 'stolen'],
  ['the key after a new paper is sealed to the former one', 'reopened'],
  ['whoever began anew is let in without anybody’s word', 'stolen'],
  ['the server keeps no objection to a new beginning', 'reopened'],
  ['a client forgets what it was given to send', 'lost'],
  ['a client does not look for keys', 'unopened'],
  ['the server forgets that a team’s people changed', 'server'],
] as const;

const seed = process.env['SEED'];
const print = (lines: readonly string[]): void => {
  process.stderr.write(`${lines.join('\n')}\n`);
};

async function outcomes(lives: Parameters<typeof playLives>[0], width: number) {
  const told = await playLives({ ...lives, width });
  return [...(told.outcomes as { seed: number }[])].sort((a, b) => a.seed - b.seed);
}

beforeAll(async () => {
  const { failures } = await compile();
  expect(failures).toEqual([]);
}, 60_000);

describe.each([
  ['model', MODEL_LIVES, 1, MODEL_MS],
  ['real', REAL_LIVES, 1_000_001, REAL_MS],
] as const)('in %s mode', (mode, lives, from, forMs) => {
  test(
    `lives keep what they promise`,
    async () => {
      const wanted =
        seed === undefined
          ? { first: from, count: lives, forMs }
          : { first: Number(seed), count: 1 };
      const told = await playLives({ mode, ...wanted });
      print(report(mode, told));
      // What failed is printed above: here are the first of its seeds.
      expect(told.failed.map((life) => life.seed).slice(0, 10)).toEqual([]);
      expect(told.sum.lives).toBe(wanted.count);
      expect(told.sum.opened).toBeGreaterThan(0);
    },
    BUDGET_MS,
  );

  test(
    'a seed gives the same life again',
    async () => {
      const lives = { mode, first: from, count: 8, each: true } as const;
      // Whatever else its process has played: each of three has played others before it.
      const [first, second] = await Promise.all([1, 3].map((width) => outcomes(lives, width)));
      expect(second).toEqual(first);
      expect(first).toHaveLength(8);
    },
    BUDGET_MS,
  );
});

describe('the oracles see', () => {
  let said: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    const lives = { mode: 'model', first: 1, count: PLANTED_LIVES, width: 1 } as const;
    said = await catchPlanted(
      PLANTS.map(([plant]) => plant),
      (plant) => playLives({ ...lives, plant }),
    );
  }, BUDGET_MS);

  test.each(PLANTS)('that %s', (plant, shows) => {
    expect(said.get(plant)).toContain(shows);
  });
});

test(
  'a bounded run in which every life fails ends, and says how the first is played again',
  async () => {
    const plant = 'a client forgets what it was given to send';
    // A share of a soak's minutes is seldom a whole number.
    const wanted = { mode: 'model', first: 1, count: 5000, forMs: 5000.5, width: 1 } as const;
    const told = await playLives({ ...wanted, plant, tells: true });
    const [first] = told.failed;
    expect(told.sum.failed).toBeGreaterThan(0);
    expect(report('model', told)).toContain(
      `  seed ${first?.seed}; again by: SEED=${first?.seed} npm test simulation`,
    );
    expect(told.seconds).toBeLessThan(60);
  },
  BUDGET_MS,
);
