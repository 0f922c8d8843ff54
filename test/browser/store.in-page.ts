/**
 * Runs in Chromium, bundled: a browser store put through crashes, other tabs and other passkeys.
 * A crash is a call of WebCrypto or of the database that fails, and every one after it: each such
 * call is tried in turn. Must hold nothing of the test runner.
 */
import { IndexedDbStore } from '@liaison/sdk/store/indexed-db.store';
import { freshSalt, type KeyPlace, passkeySecret } from '@liaison/sdk/store/passkey-key';
import { SECRET_TABLES, TABLES } from '@liaison/sdk/store/store';

const SECRET = 'the device’s own seed';
const ROWS: readonly (readonly [(typeof SECRET_TABLES)[number], string])[] = [
  ['secrets', 'device'],
  ['secrets', 'person/000001'],
  ['drafts', 'one'],
  ['outbox', 'two'],
];

const place: KeyPlace = { origin: 'http://localhost', credential: 'one', salt: freshSalt() };
const secret = (of = 1): Promise<CryptoKey> => passkeySecret(new Uint8Array(32).fill(of));

let calls = 0;
let dieAt = Number.POSITIVE_INFINITY;

/** Puts a step before each of these methods. */
function watch(owner: object, names: readonly string[]): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  for (const name of names) {
    const real = methods[name];
    methods[name] = function (this: unknown, ...args: unknown[]): unknown {
      calls += 1;
      if (calls >= dieAt) throw new Error('crashed');
      return real?.apply(this, args);
    };
  }
}

watch(SubtleCrypto.prototype, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'deriveKey']);
watch(IDBObjectStore.prototype, ['put', 'delete', 'get', 'getAll', 'getAllKeys']);

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(String(request.error)));
  });

/** A store as release 0.2 wrote it: one key of the browser's, and nothing that names it. */
async function writeAsBefore(name: string): Promise<void> {
  const opening = indexedDB.open(name, TABLES.length);
  opening.onupgradeneeded = () => {
    for (const table of [...TABLES, 'keys']) opening.result.createObjectStore(table);
  };
  const db = await asked(opening);
  const algorithm = { name: 'AES-GCM', length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const rows = await Promise.all(
    ROWS.map(async ([table, at]) => {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const additionalData = new TextEncoder().encode(`${table}/${at}`);
      const plain = new TextEncoder().encode(JSON.stringify({ at, SECRET }));
      const how = { name: 'AES-GCM', iv: nonce, additionalData };
      return { table, at, value: { nonce, sealed: await crypto.subtle.encrypt(how, key, plain) } };
    }),
  );
  const tx = db.transaction([...SECRET_TABLES, 'keys'], 'readwrite');
  for (const { table, at, value } of rows) tx.objectStore(table).put(value, at);
  tx.objectStore('keys').put(key, 'wrapping-key');
  await new Promise((resolve) => (tx.oncomplete = resolve));
  db.close();
}

/** How many rows read as they were written, with the passkey's help where it is needed. */
async function wholeRows(name: string): Promise<number> {
  const store = await IndexedDbStore.open(name);
  if (store.latch.state === 'shut') await store.latch.open(await secret());
  const read = await Promise.all(
    ROWS.map(async ([table, at]) => (await store.get<{ at: string }>(table, at))?.at === at),
  );
  await store.close();
  return read.filter(Boolean).length;
}

type Work = 'open' | 'fasten' | 'remove';

async function run(work: Work, name: string): Promise<void> {
  const store = await IndexedDbStore.open(name);
  if (work === 'fasten') await store.latch.fasten(await secret(), place);
  if (work === 'remove' && (await store.latch.open(await secret()))) await store.latch.remove();
  await store.close();
}

/** A store of 0.2, `work` that dies at its n-th call, for every n: what is whole afterwards. */
export async function crashEverywhere(work: Work): Promise<readonly number[]> {
  const whole: number[] = [];
  for (let at = 1; ; at++) {
    const name = `${work}-${String(at)}`;
    await writeAsBefore(name);
    if (work === 'remove') await run('fasten', name);
    [calls, dieAt] = [0, at];
    const died = await run(work, name).then(
      () => false,
      () => true,
    );
    dieAt = Number.POSITIVE_INFINITY;
    whole.push(await wholeRows(name));
    if (!died) return whole;
  }
}

/** What each of two tabs on one store may do once the other had a passkey shut it. */
export async function otherTab(): Promise<Record<string, unknown>> {
  await writeAsBefore('tabs');
  const [one, two] = [await IndexedDbStore.open('tabs'), await IndexedDbStore.open('tabs')];
  await one.latch.fasten(await secret(), place);
  const why = (error: Error): string => error.name;
  const read = await two.get('secrets', 'device').catch(why);
  const put = { table: 'secrets', key: 'late' } as const;
  const written = await two.transaction((tx) => tx.put(put.table, put.key, 1)).catch(why);
  const state = two.latch.state;
  const wrong = await two.latch.open(await secret(2));
  const right = await two.latch.open(await secret());
  const after = await two.get<{ at: string }>('secrets', 'device');
  const late = (await one.get('secrets', 'late')) ?? 'nothing';
  return { read, written, state, wrong, right, after: after?.at, late };
}

/** What lies in the database after a passkey shut it, as text; and what a shut store still does. */
export async function shutStore(): Promise<Record<string, unknown>> {
  await writeAsBefore('shut');
  await run('fasten', 'shut');
  const store = await IndexedDbStore.open('shut');
  await store.transaction((tx) => tx.put('meta', 'owner', 'somebody'));
  const owner = await store.get('meta', 'owner');
  const db = await asked(indexedDB.open('shut'));
  const keys = await asked(db.transaction('keys').objectStore('keys').getAllKeys());
  db.close();
  await store.wipe();
  const forgotten = (await store.get('secrets', 'device')) ?? 'nothing';
  return { owner, keys, state: store.latch.state, forgotten };
}

/** Seconds that fitting a passkey takes on a store of so many secrets. */
export async function secondsToFasten(rows: number): Promise<number> {
  const store = await IndexedDbStore.open('large');
  await store.transaction((tx) => {
    for (let n = 0; n < rows; n++) tx.put('secrets', `epoch/${String(n)}`, 'x'.repeat(43));
  });
  const began = performance.now();
  await store.latch.fasten(await secret(), place);
  return (performance.now() - began) / 1000;
}
