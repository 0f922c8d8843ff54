/** Pushed items: those that come together are taken together, and only a true gap is asked for. */
import { expect, test } from '@jest/globals';
import { CircleId, ZERO_HASH } from '@liaison/contract/ids';
import type { WireItem } from '@liaison/contract/item';
import { Sync } from './sync.js';

const CIRCLE = CircleId.parse(ZERO_HASH);
const push = (k: number): WireItem => ({ circle: CIRCLE, k }) as WireItem;

/** A sync over a book at position 0, whose intake takes a moment and whose server has `head`. */
function stage(head: number) {
  const missing = new Set<number>();
  const book = { circle: CIRCLE, head: { k: 0, h: ZERO_HASH }, missing };
  const taken: number[][] = [];
  let asked = 0;
  const take = async (_: CircleId, items: readonly WireItem[]): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const fresh = items.map(({ k }) => k).filter((k) => k > book.head.k);
    taken.push(fresh);
    book.head = { k: fresh.at(-1) ?? book.head.k, h: ZERO_HASH };
    return 'all';
  };
  const call = (): Promise<unknown> => {
    asked += 1;
    const items = Array.from({ length: head - book.head.k }, (_, i) => push(book.head.k + i + 1));
    return Promise.resolve({ items, head: { k: head, h: ZERO_HASH } });
  };
  const nothing = (): Promise<void> => Promise.resolve();
  const history = { chainAt: () => ZERO_HASH };
  const library = { book: () => Promise.resolve(Object.assign(book, { replay: { history } })) };
  const parts = [{ api: { call } }, library, { take }, { advance: nothing }, { heal: nothing }];
  const sync = new Sync(...(parts as unknown as ConstructorParameters<typeof Sync>));
  return { sync, taken, asked: () => asked };
}

test('a burst is taken in few steps and nothing is asked', async () => {
  const { sync, taken, asked } = stage(8);
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((k) => sync.pushed(CIRCLE, [push(k)])));
  expect(taken).toEqual([[1], [2, 3, 4, 5, 6, 7, 8]]);
  expect(asked()).toBe(0);
});

test('out of order and twice is no gap', async () => {
  const { sync, taken, asked } = stage(4);
  await Promise.all([1, 4, 3, 3, 2, 1].map((k) => sync.pushed(CIRCLE, [push(k)])));
  expect(taken.flat()).toEqual([1, 2, 3, 4]);
  expect(asked()).toBe(0);
});

test('a gap is asked for once, whatever follows it', async () => {
  const { sync, taken, asked } = stage(9);
  await Promise.all([1, 5, 6, 7, 8, 9].map((k) => sync.pushed(CIRCLE, [push(k)])));
  expect(taken.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(asked()).toBe(1);
});

test("those of one commit come in one frame; one of another circle is nobody's here", async () => {
  const { sync, taken, asked } = stage(3);
  const stray = { ...push(2), circle: 'another' as CircleId };
  await sync.pushed(CIRCLE, [push(1), stray, push(2), push(3)]);
  expect(taken).toEqual([[1, 2, 3]]);
  expect(asked()).toBe(0);
});
