/**
 * Which client has run on this device before. Whoever serves the application can serve an old one,
 * with checks that are missing or were found wanting; the store of a later client tells on it. Such
 * a client must write nothing, whatever it believes of circles.
 */
import type { EvidenceRoom } from './evidence.js';
import type { Ground } from './ground.js';

/** Raised with each change of what a client checks or of what its store holds. */
export const CLIENT_LEVEL = 1;

const KEY = 'client-level';
/** What evidence about this is kept under. */
export const ABOUT_BUILD = 'build';

/** Marks this client's level, or keeps the evidence that a later one was here before. */
export async function markBuild(
  { store }: Pick<Ground, 'store'>,
  evidence: EvidenceRoom,
): Promise<void> {
  const before = (await store.get<number>('meta', KEY)) ?? 0;
  if (before > CLIENT_LEVEL) {
    const exhibits = { before, now: CLIENT_LEVEL };
    await evidence.record(null, 'old-client', 'a later client ran here', exhibits, ABOUT_BUILD);
    return;
  }
  await evidence.heal(ABOUT_BUILD);
  if (before < CLIENT_LEVEL) {
    await store.transaction((tx) => {
      tx.put('meta', KEY, CLIENT_LEVEL);
    });
  }
}
