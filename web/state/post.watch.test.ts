/** A post ends by itself in time, warns before, and never while somebody is at it. */
import { describe, expect, test } from '@jest/globals';
import { LIMITS } from '@liaison/contract/limits';
import { judgePost } from './post.watch.js';

const { postIdleMs, postWarnMs, postEndingMs, postRenewalMs } = LIMITS;
const NOON = Date.UTC(2026, 10, 26, 12);
const UNTIL = NOON + 6 * 3_600_000;

const at = (now: number, more: { touchedAt?: number; overSince?: number } = {}) =>
  judgePost({ now, touchedAt: now, until: UNTIL, overSince: null, ...more });

describe('a shared post', () => {
  test('stays open under the hand, and ends when nobody is there', () => {
    expect(at(NOON)).toEqual({ say: 'open' });
    const warned = NOON + postIdleMs.value - postWarnMs.value;
    expect(at(warned - 1, { touchedAt: NOON })).toEqual({ say: 'open' });
    expect(at(warned, { touchedAt: NOON })).toEqual({
      say: 'idle-soon',
      seconds: postWarnMs.value / 1000,
    });
    expect(at(NOON + postIdleMs.value, { touchedAt: NOON })).toEqual({ say: 'end', why: 'idle' });
  });

  test('says that its time ends, keeps what was typed a little, and ends', () => {
    const minutes = postEndingMs.value / 60_000;
    expect(at(UNTIL - postEndingMs.value)).toEqual({ say: 'ending', minutes });
    const keptUntil = UNTIL + postRenewalMs.value;
    expect(at(UNTIL)).toEqual({ say: 'over', keptUntil });
    expect(at(keptUntil - 1)).toEqual({ say: 'over', keptUntil });
    expect(at(keptUntil)).toEqual({ say: 'end', why: 'time' });
  });

  test('whose lease ended before its time is kept as long, and no longer', () => {
    const keptUntil = NOON + postRenewalMs.value;
    expect(at(NOON + 1, { overSince: NOON })).toEqual({ say: 'over', keptUntil });
    expect(at(keptUntil, { overSince: NOON })).toEqual({ say: 'end', why: 'time' });
  });

  test('nobody keeps a lease that is over by moving the mouse, or leaves it idle', () => {
    const idle = NOON + postIdleMs.value;
    expect(at(idle, { touchedAt: NOON, overSince: idle - 1 })).toEqual({ say: 'end', why: 'idle' });
  });
});
