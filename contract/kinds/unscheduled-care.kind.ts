/** Unscheduled care (SNP): the usual professional, then those within reach; the first has it. */
import { DAY_MS, HOUR_MS, MINUTE_MS, type HandoffKind } from '../handoff-kind.js';
import { EXCLUSIVE_STEPS } from '../handoff-steps.js';
import { STRANGERS_DECLINE_REASONS } from '../handoff.lists.js';
import { Outline } from '../outline.js';

export const UNSCHEDULED_CARE: HandoffKind = {
  begins: 'handoff.asked',
  outline: Outline,
  file: 'care-request.filed',
  answer: null,
  addressees: ['team', 'person'],
  waves: 4,
  exclusive: true,
  templated: false,
  answerMs: { routine: DAY_MS, 'same-day': HOUR_MS, urgent: 20 * MINUTE_MS },
  coordinatorMs: 30 * MINUTE_MS,
  unansweredMs: 10 * MINUTE_MS,
  declineReasons: STRANGERS_DECLINE_REASONS,
  steps: EXCLUSIVE_STEPS,
};
