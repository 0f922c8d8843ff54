/**
 * jest's global set-up of the suites that need a database: one PostgreSQL for the whole run, with
 * one migrated template that each test file copies. The compiled server code is used, because jest
 * does not transform this file; so it is brought up to date first.
 */
import { compile } from '../../tools/start/compile.mjs';

export default async function startDatabase() {
  await compile();
  const { startTestCluster } = await import('./test-cluster.mjs');
  globalThis.liaisonTestCluster = await startTestCluster();
}
