/**
 * What a screen reader is told without being asked: arrivals and outcomes. Two regions take turns,
 * because the same sentence twice in one region is not spoken twice.
 */
import { signal } from '@preact/signals';

export const announcements = signal<readonly [string, string]>(['', '']);

let turn = 0;

export function announce(sentence: string): void {
  turn = 1 - turn;
  announcements.value = turn === 0 ? [sentence, ''] : ['', sentence];
}
