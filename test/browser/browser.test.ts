/**
 * The stories that are told in a browser, in their order: each module registers its own, and the
 * later ones find what the earlier ones left.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openScene, the } from './scene.js';
import './main-job.play.js';
import './life-of-a-handoff.play.js';
import './ways-in.play.js';
import './offline.play.js';
import './ways.play.js';
import './other-rooms.play.js';

beforeAll(openScene, 120_000);

afterAll(async () => {
  await the().close();
}, 30_000);

test('nothing was refused, nothing failed, nothing left for elsewhere', () => {
  expect(the().faults).toEqual([]);
  for (const { name, faults: own } of the().stage.visitors)
    expect({ name, own }).toEqual({ name, own: [] });
});
