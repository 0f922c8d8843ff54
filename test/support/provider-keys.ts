/**
 * The keys of the run's providers, in the folder of the one that is about to start there: it would
 * make its own otherwise. Nothing that is signed with them outlives the run.
 */
import { cpSync } from 'node:fs';
import { rememberedCluster } from './test-environment.mjs';

export function lendProviderKeys(dataDir: string): void {
  cpSync(rememberedCluster().providerKeys, dataDir, { recursive: true });
}
