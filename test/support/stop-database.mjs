/** jest's global tear-down: ends the PostgreSQL that the set-up started, if it started one. */
export default async function stopDatabase() {
  await globalThis.liaisonTestCluster?.stop();
}
