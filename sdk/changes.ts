/** Tells listeners that something changed, so that they read it again. Says never what. */
import type { CircleKind } from '@liaison/contract/circle';
import type { CircleId } from '@liaison/contract/ids';
import type { Change } from './face.js';

export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(...changes: readonly Change[]): void {
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }
}

/** What a screen reads again after something moved in a circle: its own, and the lists it is in. */
export function changesIn(circle: CircleId, kind: CircleKind | null | undefined): Change[] {
  const changes: Change[] = [{ what: 'circle', circle }];
  if (kind === 'handoff' || kind === 'file') changes.push({ what: 'handoffs' });
  if (kind === 'channel' || kind === 'community') changes.push({ what: 'channels' });
  return changes;
}
