/** Why what is asked does not open here, where that is no fault: somebody has to take it first. */
import type { HandoffView } from '@liaison/sdk/face';
import { takenByOthers } from '../../state/handoff.reading.js';
import { w } from '../../words/words.js';

/** Null where it is open, or on its way to us. */
export function untakenSentence(view: HandoffView): string | null {
  const { asked, takenBy, mine } = view;
  if (asked.state !== 'waiting' || asked.for !== 'release') return null;
  if (takenBy !== null && mine.includes(takenBy.party.member)) return null;
  return takenByOthers(view) === null ? w().ask.opensOnTaking : w().ask.notForUs;
}
