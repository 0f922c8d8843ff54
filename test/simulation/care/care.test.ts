/**
 * Many care lives: the server's own rooms for handoffs, deadlines and notices under wiped queues,
 * crashes, outages, clocks that jump and owners who are gone; and faults planted on purpose, which
 * the oracle must see. `CARE_SEED=N npm test simulation` plays one life again.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { compile } from '../../../tools/start/compile.mjs';
import { playAll } from '../fleet.mjs';
import { livesPlayed } from '../gate.share.js';
import { catchPlanted } from '../planted.faults.js';
import { CARE_PROGRAM, careReport } from './report.mjs';

const LIVES = livesPlayed(5000);
/** Lives that a planted fault may need until it shows. */
const PLANTED_LIVES = 600;
const BUDGET_MS = 1_200_000;

const PLANTS = [
  ['coordinators are not called', 'silent'],
  ['deadlines are swept by the machine’s clock', 'late'],
  ['deadlines are swept half an hour too soon', 'early'],
  ['deadlines wait half an hour too long once the clock was put back', 'late'],
  ['nobody watches the clock', 'unlogged'],
  ['an event that was taken comes back', 'doubled-in-app'],
  ['a mail that was sent is not marked', 'doubled-outside'],
  ['what was told is not marked', 'doubled-outside'],
  ['mails whose job is lost are not looked for', 'silent'],
  ['nobody looks for events but the queue', 'silent'],
  ['an item stays with an owner who is gone', 'silent'],
] as const;

const seed = process.env['CARE_SEED'];

beforeAll(async () => {
  const { failures } = await compile();
  expect(failures).toEqual([]);
}, 60_000);

test(
  'care lives keep what they promise',
  async () => {
    const wanted =
      seed === undefined ? { first: 1, count: LIVES } : { first: Number(seed), count: 1 };
    const told = await playAll(CARE_PROGRAM, wanted);
    process.stderr.write(`${careReport(told).join('\n')}\n`);
    // What failed is printed above: here are the first of its seeds.
    expect(told.failed.map((life) => life.seed).slice(0, 10)).toEqual([]);
    expect(told.sum.lives).toBe(wanted.count);
  },
  BUDGET_MS,
);

test(
  'a seed gives the same care life again',
  async () => {
    const lives = { first: 1, count: 12, each: true } as const;
    const [first, second] = await Promise.all(
      // Whatever else its process has played: each of three has played others before it.
      [1, 3].map(async (width) => {
        const { outcomes } = await playAll(CARE_PROGRAM, { ...lives, width });
        return (outcomes as { seed: number }[]).sort((a, b) => a.seed - b.seed);
      }),
    );
    expect(second).toEqual(first);
    expect(first).toHaveLength(12);
  },
  BUDGET_MS,
);

describe('the oracle sees', () => {
  let said: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    said = await catchPlanted(
      PLANTS.map(([plant]) => plant),
      (plant) => playAll(CARE_PROGRAM, { first: 1, count: PLANTED_LIVES, plant, width: 1 }),
    );
  }, BUDGET_MS);

  test.each(PLANTS)('that %s', (plant, shows) => {
    expect(said.get(plant)).toContain(shows);
  });
});
