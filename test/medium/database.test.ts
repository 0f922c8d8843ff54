/** The database service against a real PostgreSQL: transactions, conflicts, and its absence. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let fixture: TestDatabase;

beforeAll(async () => {
  fixture = await createTestDatabase();
  await fixture.database.query('CREATE TABLE ward (bed text PRIMARY KEY, free int8 NOT NULL)');
  await fixture.database.query("INSERT INTO ward VALUES ('a', 1), ('b', 9007199254740991)");
});

afterAll(() => fixture.close());

test('an int8 comes back as a number, exactly', async () => {
  const rows = await fixture.database.prepared('SELECT free FROM ward WHERE bed = $1', ['b']);
  expect(rows).toEqual([{ free: 9_007_199_254_740_991 }]);
});

test('a transaction that fails leaves nothing, and its later actions do not run', async () => {
  const done: string[] = [];
  const attempt = fixture.database.transaction(async (transaction) => {
    transaction.afterCommit(() => done.push('told'));
    await transaction.query("UPDATE ward SET free = 0 WHERE bed = 'a'");
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(done).toEqual([]);
  expect(await fixture.database.query("SELECT free FROM ward WHERE bed = 'a'")).toEqual([
    { free: 1 },
  ]);
});

test('transactions that conflict are tried again until each has its turn', async () => {
  const takeOne = () =>
    fixture.database.transaction(
      async (transaction) => {
        const [row] = await transaction.query<{ free: number }>(
          "SELECT free FROM ward WHERE bed = 'a'",
        );
        await transaction.query("UPDATE ward SET free = $1 WHERE bed = 'a'", [
          (row?.free ?? 0) + 1,
        ]);
      },
      { isolation: 'serializable' },
    );
  await Promise.all([takeOne(), takeOne(), takeOne()]);
  expect(await fixture.database.query("SELECT free FROM ward WHERE bed = 'a'")).toEqual([
    { free: 4 },
  ]);
});

test('a connection cut by the server is a passing absence, and the next request works', async () => {
  const cut = fixture.database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_terminate_backend(pg_backend_pid())');
  });
  await expect(cut).rejects.toMatchObject({ code: 'database_unavailable', status: 503 });
  expect(await fixture.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a connection lost between two statements is an absence too, and nothing ends by it', async () => {
  const cut = fixture.database.transaction(async (transaction) => {
    const [own] = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await fixture.database.query('SELECT pg_terminate_backend($1)', [own?.pid]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await transaction.query('SELECT 1');
  });
  await expect(cut).rejects.toMatchObject({ code: 'database_unavailable', status: 503 });
  expect(await fixture.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
