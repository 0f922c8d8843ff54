/** Frames of one commit: everything once, in each circle's order, none too large. */
import { describe, expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import fc from 'fast-check';
import { framesOf } from './pushed.frames.js';

const item = (circle: string, k: number, bytes: number): WireItem => ({
  circle: circle as CircleId,
  k,
  text: 'x'.repeat(bytes),
  signature: '' as WireItem['signature'],
  body: null,
  at: 0,
});

const items = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1, 1_000, 200_000, 900_000)))
  .map((list) => list.map(([circle, bytes], k) => item(circle, k, bytes)));

describe('the frames of one commit', () => {
  test('hold each item once, those of a circle in their order, and one circle each', () => {
    fc.assert(
      fc.property(items, (all) => {
        const frames = framesOf(all);
        const of = (circle: string): number[] =>
          frames.flatMap((frame) => frame.filter((one) => one.circle === circle)).map(({ k }) => k);
        for (const circle of ['a', 'b', 'c']) {
          const wanted = all.filter((one) => (one.circle as string) === circle);
          expect(of(circle)).toEqual(wanted.map(({ k }) => k));
        }
        for (const frame of frames) expect(new Set(frame.map((one) => one.circle)).size).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test('put small ones together, and leave room in each frame', () => {
    const small = Array.from({ length: LIMITS.groupItems.value }, (_, k) => item('a', k, 2_000));
    expect(framesOf(small)).toHaveLength(1);
    const large = [0, 1, 2].map((k) => item('a', k, LIMITS.headerBytes.value));
    expect(framesOf(large)).toHaveLength(3);
  });
});
