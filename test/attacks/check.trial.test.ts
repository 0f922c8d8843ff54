/**
 * What takes the checks out must be able to find one that nobody needs. A planted client is given
 * switches as the real one is, and planted attacks are played on it.
 */
import { expect, test } from '@jest/globals';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import type { Attack } from './attack.js';
import { noting } from './check.switch.js';
import { type Check, type Place, type Seen, tryWithout, type Verdict } from './check.trial.js';

interface Transform {
  readonly checksIn: (file: string, source: string) => readonly Check[];
  readonly withSwitches: (file: string, source: string) => string;
}

const { checksIn, withSwitches } = createRequire(import.meta.url)(
  './mutant.transform.cjs',
) as Transform;

/** A check of each form; one that another stands behind, and one that nothing can reach. */
const PLANTED = `
  class Fault extends Error {}
  let told = null;
  const evidence = { record: (about, code) => { told = code; } };
  const fault = (code) => ({ fault: code });
  function look(lie) {
    if (lie === 'returned') return fault('returned');
    if (lie === 'thrown') throw new Fault('thrown');
    if (lie === 'told') evidence.record(null, 'told');
    if (lie === 'said' && told === null) { evidence.record(null, 'said'); }
    if (lie !== lie) return fault('unreached');
    if (lie === 'behind') return fault('before');
    if (lie === 'behind') return fault('behind');
    const refuse = lie === 'arrow' ? () => fault('arrow') : () => null;
    return refuse() ?? (lie === 'chosen' ? fault('chosen') : null);
  }
  function shown(lie) {
    told = null;
    try {
      return look(lie)?.fault ?? told;
    } catch (error) {
      return error.message;
    }
  }
`;

const room = globalThis as { liaisonCheck?: (id: string) => boolean };
const client = runInNewContext(`${withSwitches('planted.ts', PLANTED)}; shown;`, {
  liaisonCheck: (id: string) => room.liaisonCheck?.(id) ?? false,
}) as (lie: string) => string | null;

/** Caught by whatever the client shows: as an oracle would be that does not look for the code. */
const planted = (lie: string): Attack => ({
  id: lie,
  name: lie,
  run: () => {
    const shown = client(lie);
    return shown === null ? Promise.reject(new Error('taken in')) : Promise.resolve(shown);
  },
});

/** Nothing outlives an attack here. */
const PLACE: Place = {
  play: ({ run }) => run(undefined as never).catch(() => null),
  renew: () => Promise.resolve(),
};

const LIES = ['returned', 'thrown', 'told', 'said', 'behind', 'arrow', 'chosen'];

async function seen(): Promise<Seen[]> {
  const rows: Seen[] = [];
  for (const attack of LIES.map(planted)) {
    const fired = new Set<string>();
    const shown = await noting(fired, () => PLACE.play(attack));
    rows.push({ attack, shown: shown ?? '', fired: [...fired] });
  }
  return rows;
}

async function verdicts(place: Place): Promise<Map<string, Verdict>> {
  const rows = await seen();
  const found = new Map<string, Verdict>();
  for (const { id, code } of checksIn('planted.ts', PLANTED)) {
    found.set(code, await tryWithout({ id, code }, rows, place));
  }
  return found;
}

test('while all checks stand, each attack is caught', async () => {
  expect((await seen()).filter(({ shown }) => shown === '')).toEqual([]);
});

test('a check whose attack is taken in without it is killed', async () => {
  const found = await verdicts(PLACE);
  for (const lie of LIES.filter((one) => one !== 'behind')) {
    expect(found.get(lie)).toMatchObject({ killedBy: lie, attacks: 1 });
  }
});

test('a check that another stands behind survives, and one that is never met has no attack', async () => {
  const found = await verdicts(PLACE);
  expect(found.get('before')).toMatchObject({ killedBy: null, attacks: 1 });
  expect(found.get('behind')).toMatchObject({ killedBy: null, attacks: 0 });
  expect(found.get('unreached')).toMatchObject({ killedBy: null, attacks: 0 });
});

test('an attack that fails whether the check stands or not kills nothing', async () => {
  const broken: Place = { ...PLACE, play: () => Promise.resolve(null) };
  const found = await verdicts(broken);
  expect([...found.values()].filter(({ killedBy }) => killedBy !== null)).toEqual([]);
});
