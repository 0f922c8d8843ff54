/** The first half of the checks: two halves are played at once. */
import { test } from '@jest/globals';
import { playShare } from './mutants.share.js';

test('checks are taken out one by one', () => playShare(0, 2), 7_200_000);
