/** Chance is the life's, whatever it computes with: its seed gives the same keys again. */
import { chanceOfLife } from './mode.js';

export function entropy(size: number): Uint8Array {
  return chanceOfLife().bytes(size);
}
