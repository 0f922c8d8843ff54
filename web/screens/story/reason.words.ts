/** Reasons in the words of what was asked: no bed, no slot, no time; postponed, not a discharge. */
import type { CancelReason, HandoffKindName } from '@liaison/contract/handoff';
import { LEFT } from '@liaison/contract/handoff.lists';
import { w } from '../../words/words.js';

export function declineWord(kind: HandoffKindName, reason: string): string {
  const { ask, duty, story } = w();
  if (reason === LEFT) return duty.left;
  if (reason === 'no-capacity' && kind !== 'discharge') return ask.noCapacity[kind];
  const words: Readonly<Record<string, string>> = story.declineReasons;
  return words[reason] ?? '';
}

export function cancelWord(kind: HandoffKindName, reason: CancelReason): string {
  const { ask, story } = w();
  return reason === 'postponed' && kind !== 'discharge'
    ? ask.postponed
    : story.cancelReasons[reason];
}
