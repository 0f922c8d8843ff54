/** Somebody as they are, or were, known: name, number and what says so, in one line. */
import type { KnownAs } from '@liaison/sdk/face.trust';
import { w } from '../words/words.js';

export function knownAs({ name, nationalId, level }: KnownAs): string {
  const number = nationalId === null ? null : numberOf(nationalId);
  return [name, number, w().identity.levels[level]].filter((one) => one !== null).join(', ');
}

/** People know the register's own number: the digit before it only makes it national. */
export function numberOf(nationalId: string): string {
  return `${nationalId.startsWith('8') ? 'RPPS' : 'ADELI'} ${nationalId.slice(1)}`;
}
