/** The bounded cache: what it keeps, what it forgets, and in which order. */
import { expect, test } from '@jest/globals';
import { Lru } from './lru.js';

test('what was used longest ago is forgotten first', () => {
  const cache = new Lru<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  expect(cache.size).toBe(2);
});

test('setting again replaces, deleting forgets', () => {
  const cache = new Lru<string, number>(2);
  cache.set('a', 1);
  cache.set('a', 2);
  expect([cache.get('a'), cache.size]).toEqual([2, 1]);
  cache.delete('a');
  expect(cache.get('a')).toBeUndefined();
});
