/** Why somebody declines, in the words of what was asked: no bed, no slot, no time. */
import type { DeclineReason, HandoffKindName } from '@liaison/contract/handoff';
import { w } from '../../words/words.js';

export function declineWord(kind: HandoffKindName, reason: DeclineReason): string {
  const { ask, story } = w();
  if (reason !== 'no-capacity' || kind === 'discharge') return story.declineReasons[reason];
  return ask.noCapacity[kind];
}
