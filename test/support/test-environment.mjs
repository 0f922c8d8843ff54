/**
 * What the tests were told by their environment. This is the only place below `test` that reads
 * it: which servers to use instead of embedded ones, and where jest's set-up left its PostgreSQL.
 */

/** @returns {{ databaseUrl: string | undefined, redisUrl: string | undefined }} */
export const testServers = () => ({
  databaseUrl: process.env['TEST_DATABASE_URL'],
  redisUrl: process.env['TEST_REDIS_URL'],
});

/**
 * What a run has once for all its files: its PostgreSQL, the template that they copy, and a folder
 * with the keys that their providers sign with.
 * @typedef {{ adminUrl: string, template: string, providerKeys: string }} TestCluster
 */

/** @param {TestCluster} cluster jest hands it on to its workers */
export function rememberCluster(cluster) {
  process.env['LIAISON_TEST_CLUSTER'] = JSON.stringify(cluster);
}

/** @returns {TestCluster} */
export function rememberedCluster() {
  const text = process.env['LIAISON_TEST_CLUSTER'];
  if (text === undefined) {
    throw new Error('This suite starts no database: see "withDatabase" in jest.config.mjs.');
  }
  return JSON.parse(text);
}
