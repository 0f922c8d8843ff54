/**
 * Stands where the server expects its strict Ed25519: node's own, or the ideal one, as the present
 * life asks. Nothing is computed on another thread: what a life does must not depend on threads.
 */
import * as real from '../../../src/platform/signatures/ed25519.js';
import { isIdealSignature } from './ideal.js';
import { isModel } from './mode.js';

export const isStrictKey = (key: Uint8Array): boolean => real.isStrictKey(key);

export function verifyStrict(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isModel()) return real.verifyStrict(key, message, signature);
  return real.isStrictKey(key) && isIdealSignature(signature, message, key);
}

export function verifyStrictAside(
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return Promise.resolve(verifyStrict(key, message, signature));
}
