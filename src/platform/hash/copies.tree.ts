/**
 * The tree over sealed copies (docs/protocol.md, "Copies"): leaves sorted by recipient, inner nodes
 * in the shape of RFC 6962. It hashes what it is given and knows nothing of recipients.
 */
import { copyNodeHashed } from '@liaison/contract/signing';
import type { Hash } from '@liaison/contract/ids';
import { hash } from './blake.js';

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1);
}

/** The root over leaves in their order, or null when there is none. */
export function copiesRoot(leaves: readonly Hash[]): Hash | null {
  const [first] = leaves;
  if (first === undefined || leaves.length === 1) return first ?? null;
  const split = splitOf(leaves.length);
  const left = copiesRoot(leaves.slice(0, split));
  const right = copiesRoot(leaves.slice(split));
  return left && right && hash(copyNodeHashed(left, right));
}

/** The hashes beside the path from a leaf to the root, from the leaf upward. */
export function copiesProof(leaves: readonly Hash[], index: number): Hash[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  const inLeft = index < split;
  const below = inLeft ? copiesProof(left, index) : copiesProof(right, index - split);
  const beside = copiesRoot(inLeft ? right : left);
  return beside === null ? below : [...below, beside];
}
