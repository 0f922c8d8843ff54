/**
 * Who is asked when: the usual professional alone, then the others, all counted from the leaving.
 */
import { expect, test } from '@jest/globals';
import type { MemberId } from '@liaison/contract/ids';
import type { AskDraft } from '@liaison/sdk/face.care';
import { inTurn, leavingWaves, turnsOf, withParty, withTurns, withUrgency } from './ask.waves.js';

const [USUAL, NEAR, FAR] = ['A', 'B', 'C'].map((l) => `t.${l.repeat(42)}A`) as MemberId[] as [
  MemberId,
  MemberId,
  MemberId,
];
const MINUTE_MS = 60_000;
const NOW = 1_000_000;

const fresh = (kind: AskDraft['kind']): AskDraft =>
  withUrgency({ kind, urgency: 'routine', waves: [] } as unknown as AskDraft, 'urgent', NOW);

test('unscheduled care asks the usual professional alone, the others twenty minutes later', () => {
  const draft = [USUAL, NEAR, FAR].reduce(
    (one, who) => withParty(one, who, NOW),
    fresh('unscheduled-care'),
  );
  const later = NOW + 5 * MINUTE_MS;
  expect(leavingWaves(draft, later)).toEqual([
    { opensAt: later, due: later + 20 * MINUTE_MS, members: [USUAL] },
    { opensAt: later + 20 * MINUTE_MS, due: later + 40 * MINUTE_MS, members: [NEAR, FAR] },
  ]);
});

test('an expert opinion asks all of them at once, unless somebody is put later', () => {
  const draft = [USUAL, NEAR].reduce(
    (one, who) => withParty(one, who, NOW),
    fresh('expert-opinion'),
  );
  expect(leavingWaves(draft, NOW).map(({ members }) => members)).toEqual([[USUAL, NEAR]]);
  const moved = inTurn(draft, USUAL, 1, NOW);
  expect(leavingWaves(moved, NOW).map(({ members }) => members)).toEqual([[NEAR], [USUAL]]);
});

test('a turn in which nobody is left falls away', () => {
  const draft = inTurn(withParty(fresh('request'), USUAL, NOW), USUAL, 3, NOW);
  expect(leavingWaves(draft, NOW)).toHaveLength(1);
  expect(leavingWaves(draft, NOW)[0]?.opensAt).toBe(NOW);
});

test('an instant that somebody chose stays, and a later wave still has a minute', () => {
  const until = NOW + 30 * MINUTE_MS;
  const asked = [USUAL, NEAR].reduce(
    (one, who) => withParty(one, who, NOW),
    fresh('unscheduled-care'),
  );
  const draft = withTurns(asked, { until, gapMs: 40 * MINUTE_MS }, NOW);
  expect(turnsOf(draft)).toMatchObject({ until, gapMs: 40 * MINUTE_MS });
  const [first, second] = leavingWaves(draft, NOW);
  expect(first?.due).toBe(until);
  expect(second?.due).toBe(NOW + 41 * MINUTE_MS);
});
