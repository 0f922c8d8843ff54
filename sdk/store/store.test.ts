/** What each store must hold: order, wholeness, and what a crash may and may not take. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from './file.store.js';
import { MemoryStore } from './memory.store.js';
import type { Store } from './store.js';

const folder = await mkdtemp(join(tmpdir(), 'liaison-store-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const freshPath = (): string => join(folder, String(files++), 'store.log');

const KINDS: readonly [string, () => Promise<Store>][] = [
  ['memory', () => Promise.resolve(new MemoryStore())],
  ['file', () => FileStore.open(freshPath())],
];

describe.each(KINDS)('the %s store', (_name, open) => {
  test('keeps, finds by prefix in key order, and forgets', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      tx.put('items', 'a/2', { k: 2 });
      tx.put('items', 'a/1', { k: 1 });
      tx.put('items', 'b/1', { k: 9 });
      expect(await tx.get('items', 'a/1')).toEqual({ k: 1 });
      expect(await store.get('items', 'a/1')).toBeUndefined();
    });
    expect(await store.scan('items', 'a/')).toEqual([
      ['a/1', { k: 1 }],
      ['a/2', { k: 2 }],
    ]);
    await store.transaction((tx) => {
      tx.delete('items', 'a/1');
    });
    expect(await store.get('items', 'a/1')).toBeUndefined();
    await store.close();
  });

  test('a transaction that throws leaves nothing', async () => {
    const store = await open();
    const failed = store.transaction((tx) => {
      tx.put('meta', 'x', 1);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await store.get('meta', 'x')).toBeUndefined();
    await store.close();
  });

  test('transactions take turns: a hundred increments at once give a hundred', async () => {
    const store = await open();
    const add = () =>
      store.transaction(async (tx) => {
        tx.put('meta', 'n', ((await tx.get<number>('meta', 'n')) ?? 0) + 1);
      });
    await Promise.all(Array.from({ length: 100 }, add));
    expect(await store.get('meta', 'n')).toBe(100);
    await store.close();
  });

  test('a value is not shared with whoever put it', async () => {
    const store = await open();
    const value = { list: [1] };
    await store.transaction((tx) => {
      tx.put('meta', 'v', value);
    });
    value.list.push(2);
    expect(await store.get('meta', 'v')).toEqual({ list: [1] });
    await store.close();
  });
});

describe('the file store', () => {
  test('keeps across openings, for its owner only', async () => {
    const path = freshPath();
    const first = await FileStore.open(path);
    await first.transaction((tx) => {
      tx.put('secrets', 's', 'kept');
    });
    await first.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const second = await FileStore.open(path);
    expect(await second.get('secrets', 's')).toBe('kept');
    await second.close();
  });

  test('a torn last line is cut off; what stood before it stands', async () => {
    const path = freshPath();
    const first = await FileStore.open(path);
    await first.transaction((tx) => {
      tx.put('meta', 'whole', 'é');
    });
    await first.close();
    const whole = await readFile(path);
    await appendFile(path, 'AAAAAAAAAAAAAAAA [["meta","to');
    const second = await FileStore.open(path);
    expect(await second.get('meta', 'whole')).toBe('é');
    await second.transaction((tx) => {
      tx.put('meta', 'next', 1);
    });
    await second.close();
    expect((await readFile(path)).subarray(0, whole.length)).toEqual(whole);
    const third = await FileStore.open(path);
    expect(await third.get('meta', 'next')).toBe(1);
    await third.close();
  });

  test('damage in the middle is said, not skipped', async () => {
    const path = freshPath();
    const store = await FileStore.open(path);
    await store.transaction((tx) => {
      tx.put('meta', 'a', 1);
    });
    await store.close();
    await appendFile(path, 'AAAAAAAAAAAAAAAA [["meta","b",2]]\nAAAAAAAAAAAAAAAA []\n');
    await expect(FileStore.open(path)).rejects.toThrow('damaged');
  });

  test('is rewritten once it is mostly history, and loses nothing', async () => {
    const path = freshPath();
    const store = await FileStore.open(path);
    for (let n = 0; n < 2200; n++) {
      await store.transaction((tx) => {
        tx.put('meta', `k${String(n % 7)}`, n);
      });
    }
    await store.close();
    expect((await stat(path)).size).toBeLessThan(2000 * 20);
    const again = await FileStore.open(path);
    expect(await again.get('meta', 'k1')).toBe(2199 - ((2199 - 1) % 7));
    await again.close();
  }, 60_000);

  test('two programs do not share one store', async () => {
    const path = freshPath();
    const store = await FileStore.open(path);
    await expect(FileStore.open(path)).rejects.toThrow('in use');
    await store.close();
  });
});
