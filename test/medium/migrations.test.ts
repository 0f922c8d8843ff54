/** Each migration has a way back that works: down to an empty schema, and up again to the same. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { migrate, revert } from '../../src/platform/database/migrations.js';
import { Log } from '../../src/platform/logger/log.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const COLUMNS = `
  SELECT table_name || '.' || column_name || ' ' || data_type AS "column"
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
  ORDER BY 1`;

const log = Log.create('silent');
let fixture: TestDatabase;

beforeAll(async () => {
  fixture = await createTestDatabase();
});

afterAll(() => fixture.close());

const columns = async (): Promise<string[]> =>
  (await fixture.database.query<{ column: string }>(COLUMNS)).map(({ column }) => column);

test('all the way down and up again leads to the same tables', async () => {
  const before = await columns();
  const applied = await fixture.database.query('SELECT name FROM migrations');
  for (let left = applied.length; left > 0; left--) await revert(fixture.url, log);
  expect(await columns()).toEqual([]);
  expect((await migrate(fixture.url, log)).length).toBe(applied.length);
  expect(await columns()).toEqual(before);
}, 60_000);
