/**
 * Every attack, one after the other, on one honest World. What each client showed is kept for the
 * table.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTACKS } from './all.attacks.js';
import { noting } from './check.switch.js';
import { Stage } from './stage.js';

const RESULTS = join(import.meta.dirname, '../../.cache/attacks.json');

interface Row {
  readonly id: string;
  readonly name: string;
  /** What the client showed; null where it was taken in. */
  readonly shown: string | null;
  /** Checks that accused somebody meanwhile, where they have switches (mutant.transform.cjs). */
  readonly fired: readonly string[];
}

const rows: Row[] = [];
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, 240_000);

afterEach(async () => {
  await stage.endCase();
});

afterAll(async () => {
  mkdirSync(join(RESULTS, '..'), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(rows, null, 1)}\n`);
  await stage.close();
});

test.each(ATTACKS)(
  '$id: $name',
  async ({ id, name, run }) => {
    rows.push({ id, name, shown: null, fired: [] });
    const fired = new Set<string>();
    const shown = await noting(fired, () => run(stage));
    rows[rows.length - 1] = { id, name, shown, fired: [...fired] };
  },
  120_000,
);

test('no two attacks share an id', () => {
  expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
});
