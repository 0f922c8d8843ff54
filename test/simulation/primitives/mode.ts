/**
 * Which primitives the present life computes with, and the chance that it draws from. A life sets
 * it before anything else; the faces beside this file ask it at every call.
 */
import type { Chance } from '../chance.js';

export type Mode = 'model' | 'real';

interface Present {
  readonly mode: Mode;
  readonly chance: Chance;
}

let present: Present | null = null;

export function computeWith(mode: Mode, chance: Chance): void {
  present = { mode, chance };
}

function now(): Present {
  if (present === null) throw new Error('primitives: no life has begun');
  return present;
}

export const isModel = (): boolean => now().mode === 'model';
export const chanceOfLife = (): Chance => now().chance;
