/**
 * Everything that a browser profile keeps for our origin beyond the page itself, as one text: what
 * a shared post must leave as it found it.
 */
import type { Page } from 'playwright-core';

/** What the tests themselves keep there. */
const OURS = 'test.';

/** Runs in the page. */
async function readAll(ours: string): Promise<string> {
  const lines: string[] = [];
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_key, inner: unknown) => {
      if (inner instanceof CryptoKey) return `key ${inner.algorithm.name}`;
      if (inner instanceof ArrayBuffer || ArrayBuffer.isView(inner)) {
        return [...new Uint8Array(ArrayBuffer.isView(inner) ? inner.buffer : inner)].join();
      }
      return inner;
    });
  const answered = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('The store cannot be read.'));
    });
  for (const { name } of await indexedDB.databases()) {
    const database = await answered(indexedDB.open(name ?? ''));
    for (const table of database.objectStoreNames) {
      const rows = database.transaction(table).objectStore(table);
      const [keys, values] = await Promise.all([
        answered(rows.getAllKeys()),
        answered(rows.getAll()),
      ]);
      keys.forEach((key, at) => lines.push(`idb ${table} ${shown(key)} ${shown(values[at])}`));
    }
    database.close();
  }
  for (const [kind, store] of [
    ['local', localStorage],
    ['tab', sessionStorage],
  ] as const) {
    for (const key of Object.keys(store)) {
      if (!key.startsWith(ours)) lines.push(`${kind} ${key} ${store.getItem(key) ?? ''}`);
    }
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const reply = await cache.match(request);
      lines.push(`cache ${request.url} ${(await reply?.text()) ?? ''}`);
    }
  }
  lines.push(`cookie ${document.cookie}`, `history ${JSON.stringify(history.state)}`);
  return lines.sort().join('\n');
}

export async function keptBy(page: Page): Promise<string> {
  const kept = await page.evaluate(readAll, OURS);
  // What the page cannot read: cookies for the server alone.
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
  return [kept, ...cookies].join('\n');
}
