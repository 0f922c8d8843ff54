/** From hospital to town on the day of discharge: each of the care team takes their part. */
import { DAY_MS, HOUR_MS, MINUTE_MS, type HandoffKind } from '../handoff-kind.js';
import { SHARED_STEPS } from '../handoff-steps.js';
import { DECLINE_REASONS } from '../handoff.lists.js';
import { Outline } from '../outline.js';

export const DISCHARGE: HandoffKind = {
  begins: 'handoff.offered',
  outline: Outline,
  file: 'letter.filed',
  answer: null,
  addressees: ['team', 'person'],
  waves: 1,
  exclusive: false,
  templated: false,
  answerMs: { routine: DAY_MS, 'same-day': 4 * HOUR_MS, urgent: HOUR_MS },
  coordinatorMs: 2 * HOUR_MS,
  unansweredMs: 30 * MINUTE_MS,
  declineReasons: DECLINE_REASONS,
  steps: SHARED_STEPS,
};
