/** What is known to have ended is known to the next client on the same store, each once. */
import { expect, test } from '@jest/globals';
import type { CircleId } from '@liaison/contract/ids';
import { MemoryStore } from '../store/memory.store.js';
import { EndedHandoffs } from './ended.handoffs.js';

const [FIRST, SECOND] = ['A'.repeat(43) as CircleId, 'B'.repeat(43) as CircleId];

test('an end is kept, and is read again by whoever opens the store after', async () => {
  const store = new MemoryStore();
  const ended = new EndedHandoffs(store);
  expect([...(await ended.known())]).toEqual([]);
  await ended.note([[FIRST, 5]]);
  await ended.note([
    [FIRST, 7],
    [SECOND, 9],
  ]);
  const all = [
    [FIRST, 5],
    [SECOND, 9],
  ];
  expect([...(await ended.known())]).toEqual(all);
  expect([...(await new EndedHandoffs(store).known())]).toEqual(all);
});

test('nothing is written where nothing ended', async () => {
  const store = new MemoryStore();
  const ended = new EndedHandoffs(store);
  await ended.note([[FIRST, 5]]);
  let writes = 0;
  store.transaction = () => {
    writes += 1;
    return Promise.reject(new Error('written'));
  };
  await ended.note([[FIRST, 5]]);
  expect(writes).toBe(0);
});
