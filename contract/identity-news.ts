/**
 * Which statements of an identity log its owner is told of on their other devices: by the client
 * from the log that it verified, and by the server with a notice that something changed.
 */
import type { IdentityPayload } from './identity.js';

/** A new key that follows from another statement is no news of its own. */
export function isOwnersNews(payload: IdentityPayload): boolean {
  return payload.kind !== 'person-key.rotated' || payload.reason === 'posts-ended';
}
