/** Reasons in the words of what was asked: no bed, no slot, no time; postponed, not a discharge. */
import type { CancelReason, DeclineReason, HandoffKindName } from '@liaison/contract/handoff';
import { w } from '../../words/words.js';

export function declineWord(kind: HandoffKindName, reason: DeclineReason): string {
  const { ask, story } = w();
  if (reason !== 'no-capacity' || kind === 'discharge') return story.declineReasons[reason];
  return ask.noCapacity[kind];
}

export function cancelWord(kind: HandoffKindName, reason: CancelReason): string {
  const { ask, story } = w();
  return reason === 'postponed' && kind !== 'discharge'
    ? ask.postponed
    : story.cancelReasons[reason];
}
