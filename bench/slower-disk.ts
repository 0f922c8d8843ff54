/**
 * A disk whose commits take longer: PostgreSQL itself waits before it flushes, for everybody on the
 * cluster. A test machine may flush in a third of a millisecond; a volume over a network does not.
 */
import pg from 'pg';

export const SLOWER_MS = 2;

async function setDelay(url: string, delay: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`ALTER SYSTEM SET commit_siblings = 0`);
    await client.query(`ALTER SYSTEM SET commit_delay = ${delay}`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** Measures with commits that take `SLOWER_MS` longer. */
export async function onSlowerDisk<T>(url: string, measure: () => Promise<T>): Promise<T> {
  await setDelay(url, String(SLOWER_MS * 1000));
  try {
    return await measure();
  } finally {
    await setDelay(url, 'DEFAULT');
  }
}
